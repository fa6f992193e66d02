//! Uses become entries, by a plain fold over the lines: no look-ahead, and no second look at the words.

use chrono::{DateTime, Utc};

use super::classify::Classified;
use super::uses::{Title, Use};
use crate::layout::text::line::{EntryAnchor, Hints, Line, LineRole, instant};
use crate::model::{Block, Entry, Image, LiveBlog, Media, Warning};
use crate::time::stamp::Stamp;

/// An entry whose time is not resolved yet.
#[derive(Debug, Default)]
pub struct Draft<'a> {
    /// The entry so far.
    pub entry: Entry,
    /// Its stamp.
    pub stamp: Option<Stamp<'a>>,
    /// The stamp of `updated at …`.
    pub modified: Option<Stamp<'a>>,
    /// The time of an attribute of the HTML.
    pub datetime: Option<DateTime<Utc>>,
}

/// Sets the page's own fields in `blog` (its credits may be between entries), and returns the entries; their times are
/// resolved later.
pub fn assemble<'a>(lines: &[Line<'a>], classified: &Classified<'a>, blog: &mut LiveBlog) -> Vec<Draft<'a>> {
    let mut drafts: Vec<Draft> = Vec::with_capacity(classified.starts.len());
    let mut starts = classified.starts.iter().copied().peekable();
    let used = lines.iter().zip(&classified.uses).enumerate();
    for (index, (line, use_)) in used.filter(|(_, (_, use_))| !matches!(use_, Use::Blank)) {
        if starts.next_if_eq(&index).is_some() {
            let number = drafts.len() + 1;
            drafts.push(Draft { entry: Entry { number, ..Entry::default() }, ..Draft::default() });
        }
        match drafts.last_mut() {
            Some(draft) if index < classified.end && !matches!(use_, Use::Credit(_)) => {
                let first = draft.entry.lines.map_or(line.number, |[first, _]| first);
                draft.entry.lines = Some([first, line.number]);
                draft.take(use_);
                draft.add_hints(use_, line.hints);
            }
            _ => take_for_page(blog, use_),
        }
    }
    drafts
}

/// Puts a line outside the entries into its field of the page.
fn take_for_page(blog: &mut LiveBlog, use_: &Use) {
    match use_ {
        Use::Headline(text) => blog.title = Some(text.to_string()),
        Use::Standfirst(text) => blog.standfirst = Some(text.to_string()),
        Use::Credit(names) => blog.authors.extend(names.iter().map(|name| name.to_string())),
        Use::SummaryPoint(text) => blog.summary.push(text.to_string()),
        Use::Media(caption) => blog.media.push(Media { caption: caption.map(str::to_owned), ..Media::default() }),
        Use::MediaCaption(text) => set_caption(&mut blog.media, text),
        _ => {}
    }
}

fn set_caption(media: &mut [Media], text: &str) {
    if let Some(last) = media.last_mut() {
        last.caption = Some(text.to_owned());
    }
}

impl<'a> Draft<'a> {
    fn take(&mut self, use_: &Use<'a>) {
        let entry = &mut self.entry;
        let owned = |text: &Option<&str>| text.map(str::to_owned);
        match use_ {
            Use::Label(text) => entry.label = Some(text.to_string()),
            Use::Title(title) => self.open(title),
            Use::Headed(text) => entry.title = Some(text.to_string()),
            Use::SecondStamp(Some(second)) => {
                let (words, stamp) = **second;
                entry.stamp = Some(words.to_owned());
                self.stamp = Some(stamp);
            }
            Use::Breaking => entry.breaking = true,
            Use::Subtitle(text) => entry.subtitle = Some(text.to_string()),
            Use::Author(names, role) => {
                append(&mut entry.role, *role, ", ");
                let known =
                    |entry: &Entry, name: &str| entry.author.iter().chain(&entry.co_authors).any(|one| one == name);
                for name in names {
                    match entry.author {
                        None => entry.author = Some(name.to_string()),
                        Some(_) if known(entry, name) => {}
                        Some(_) => entry.co_authors.push(name.to_string()),
                    }
                }
            }
            Use::Role(text) => append(&mut entry.role, Some(text), ", "),
            Use::Image { alt, source } => {
                let (alt, source, position) = (owned(alt), owned(source), entry.body.len());
                entry.images.push(Image { alt, source, position, ..Image::default() });
            }
            Use::ImageSource(source) => append(&mut self.image().source, *source, ", "),
            Use::ImageCaption { text, opens } => {
                if *opens {
                    entry.images.push(Image { position: entry.body.len(), ..Image::default() });
                }
                append(&mut self.image().caption, *text, " ");
            }
            Use::Media(caption) => {
                entry.media.push(Media { caption: owned(caption), position: entry.body.len(), ..Media::default() });
            }
            Use::MediaCaption(text) => set_caption(&mut entry.media, text),
            Use::Paragraph(text) => entry.body.push(Block::paragraph(text)),
            Use::Item { ordered, text, opens } => match entry.body.last_mut() {
                Some(Block::List { items, .. }) if !opens => items.push(text.to_string()),
                _ => entry.body.push(Block::List { ordered: *ordered, items: vec![text.to_string()], links: vec![] }),
            },
            Use::Quote { text, attribution, opens } => {
                match entry.body.last_mut() {
                    Some(Block::Quote { text: before, .. }) if !opens => *before += &format!("\n\n{text}"),
                    _ => entry.body.push(Block::Quote { text: text.to_string(), attribution: None }),
                }
                self.attribute(*attribution);
            }
            Use::Attribution(text) => self.attribute(Some(text)),
            Use::Embed(site) => entry.body.push(Block::Embed { site: site.to_string(), url: None, text: None }),
            Use::EmbedText(text) => {
                if let Some(Block::Embed { text: words, .. }) = entry.body.last_mut() {
                    append_line(words.get_or_insert_default(), text);
                }
            }
            Use::Card { text, opens } => match entry.body.last_mut() {
                Some(Block::Card { text: before, .. }) if !opens => append_line(before, text),
                _ => entry.body.push(Block::Card { text: text.to_string(), url: None }),
            },
            _ => {}
        }
    }

    fn open(&mut self, title: &Title<'a>) {
        self.entry.title = title.text.map(str::to_owned);
        self.entry.stamp = title.words.map(str::to_owned);
        self.entry.breaking |= title.breaking;
        self.entry.label = title.label.map(str::to_owned).or(self.entry.label.take());
        if let Some((name, role)) = title.author {
            self.entry.author = Some(name.to_owned());
            self.entry.role = role.map(str::to_owned);
        }
        self.entry.body.extend(title.paragraph.map(Block::paragraph));
        self.stamp = title.stamp;
        self.modified = title.modified;
    }

    /// The image that is open; the recognisers see to it that there is one.
    fn image(&mut self) -> &mut Image {
        if self.entry.images.is_empty() {
            self.entry.images.push(Image { position: self.entry.body.len(), ..Image::default() });
        }
        let last = self.entry.images.len() - 1;
        &mut self.entry.images[last]
    }

    fn attribute(&mut self, name: Option<&str>) {
        if let (Some(Block::Quote { attribution, .. }), Some(name)) = (self.entry.body.last_mut(), name) {
            append(attribution, Some(name), ", ");
        }
    }
}

impl Draft<'_> {
    /// Adds what the document says of a line that was taken as `use_`.
    pub fn add_hints(&mut self, use_: &Use, hints: &Hints) {
        if std::ptr::eq(hints, Hints::NONE) {
            return;
        }
        // A title that a layout takes for something else stands in another entry, which keeps its own id.
        if let (Some(anchor), Use::Title(_) | Use::Headed(_)) = (&hints.entry, use_) {
            self.set_anchor(anchor);
        }
        let entry = &mut self.entry;
        match (use_, entry.body.last_mut()) {
            (Use::Paragraph(_), Some(Block::Paragraph { links, .. }))
            | (Use::Item { .. }, Some(Block::List { links, .. })) => {
                links.extend_from_slice(&hints.links);
            }
            (Use::Card { .. } | Use::CardMark, Some(Block::Card { url, .. })) => {
                *url = url.take().or_else(|| hints.links.first().map(|link| link.url.clone()));
            }
            (Use::Embed(_) | Use::EmbedFurniture, Some(Block::Embed { url, .. })) => {
                let link = || hints.links.first().map(|link| link.url.clone());
                *url = url.take().or_else(|| hints.url.clone()).or_else(link);
            }
            (Use::Image { .. }, _) => {
                if let (Some(image), Some(LineRole::Image(url))) = (entry.images.last_mut(), &hints.role) {
                    image.url.clone_from(url);
                }
            }
            (Use::Media(_), _) => {
                if let Some(media) = entry.media.last_mut() {
                    media.url.clone_from(&hints.url);
                }
            }
            _ => {}
        }
    }

    fn set_anchor(&mut self, anchor: &EntryAnchor) {
        self.entry.id = anchor.id.clone().unwrap_or_default();
        self.entry.url.clone_from(&anchor.url);
        if anchor.is_stamp {
            self.entry.stamp.clone_from(&anchor.datetime);
        }
        let at = anchor.datetime.as_deref().and_then(|words| instant(words).ok()?);
        self.datetime = at.map(|at| at.to_utc());
    }
}

/// Adds a further line of a credit or a caption, unless the same words are there already.
fn append(to: &mut Option<String>, line: Option<&str>, between: &str) {
    match (to.as_mut(), line) {
        (Some(words), Some(line)) if words != line => *words += &format!("{between}{line}"),
        (None, Some(line)) => *to = Some(line.to_owned()),
        _ => {}
    }
}

fn append_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// The doubts as warnings, each with its line and the id of its entry.
pub fn warnings(lines: &[Line], classified: &Classified, entries: &mut [Entry]) -> Vec<Warning> {
    let entry_at = |index: usize| classified.starts.partition_point(|&start| start <= index).checked_sub(1);
    let mut warnings = Vec::with_capacity(classified.doubts.len());
    for doubt in &classified.doubts {
        let entry =
            entry_at(doubt.line).filter(|_| doubt.line < classified.end).and_then(|entry| entries.get_mut(entry));
        let line = lines.get(doubt.line).map(|line| line.number);
        let mut warning = Warning { code: doubt.code, line, entry: None, message: doubt.message.clone() };
        if let Some(entry) = entry {
            if !entry.doubts.contains(&doubt.code) {
                entry.doubts.push(doubt.code);
            }
            warning.entry = Some(entry.id.clone());
        }
        warnings.push(warning);
    }
    warnings
}
