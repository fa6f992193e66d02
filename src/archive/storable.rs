//! What can be stored: what cannot be read back is never written.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::model::{Code, Entry, LiveBlog};
use crate::time::years;

/// A live blog without the times that cannot be stored, those outside the years 0001 to 9999: they are null, and their
/// entry says so. The readers of pages report such times themselves, so that this is for what was not read from a page.
pub(super) fn storable(blog: &LiveBlog) -> Cow<'_, LiveBlog> {
    let page = [blog.captured, blog.coverage.start, blog.coverage.end];
    if page.into_iter().all(can_be_stored)
        && blog.entries.iter().all(|entry| is_published_storable(entry) && can_be_stored(entry.modified))
    {
        return Cow::Borrowed(blog);
    }
    let mut blog = blog.clone();
    for time in [&mut blog.captured, &mut blog.coverage.start, &mut blog.coverage.end] {
        *time = time.and_then(years::utc);
    }
    blog.entries.iter_mut().for_each(bound);
    Cow::Owned(blog)
}

fn bound(entry: &mut Entry) {
    let (is_published_storable, is_modified_storable) = (is_published_storable(entry), can_be_stored(entry.modified));
    if !is_published_storable {
        // Neither is worth anything without the other.
        (entry.published, entry.published_local) = (None, None);
    }
    if !is_modified_storable {
        entry.modified = None;
    }
    if !(is_published_storable && is_modified_storable || entry.doubts.contains(&Code::TimeUnread)) {
        entry.doubts.push(Code::TimeUnread);
    }
}

fn is_published_storable(entry: &Entry) -> bool {
    can_be_stored(entry.published) && entry.published_local.is_none_or(|at| years::local(at).is_some())
}

fn can_be_stored(time: Option<DateTime<Utc>>) -> bool {
    time.is_none_or(|at| years::utc(at).is_some())
}
