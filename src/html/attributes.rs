//! What classes, ids and other attributes say of an element, by the words in them.

use scraper::ElementRef;
use scraper::node::Element;

use super::element::Category;

/// Classes of posts of other sites.
const POSTS: [&str; 7] = [
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "fb-post",
    "text-post-media",
];

/// Classes of words that are for screen readers alone.
const HIDDEN: [&str; 6] =
    ["visually-hidden", "visuallyhidden", "gs-u-vh", "sr-only", "screen-reader-text", "off-screen"];

/// Classes of figures in other elements.
const FIGURES: [&str; 1] = ["lx-media-asset"];

/// What the last word of a class says of an element in a byline: `qa-contributor-name`, `ssrcss-1-ContributorName`.
const BYLINE: [(&str, Category); 6] = [
    ("name", Category::Author),
    ("role", Category::Role),
    ("description", Category::Role),
    ("position", Category::Role),
    ("jobtitle", Category::Role),
    ("job-title", Category::Role),
];

/// What a word in the class says of an element in a figure: `lx-media-asset__copyright`.
const FIGURE: [(&str, Category); 3] = [
    ("copyright", Category::Credit),
    ("media-asset-summary", Category::Caption),
    ("media-asset__summary", Category::Caption),
];

/// Words that name, in a class or an id, what is no part of the story.
const FURNITURE: [&str; 15] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "consent",
    "cookie",
    "cookies",
    "newsletter",
    "outbrain",
    "promo",
    "share",
    "sharing",
    "taboola",
];

/// Words with which names of what is no part of the story begin: `relatedStories`, `shareTools`.
const FURNITURE_OPENINGS: [&str; 4] = ["related", "cookie", "sharetool", "recirc"];

/// Openings of names that sound like furniture, and name the story: the card of a page that a post is about.
const STORY_OPENINGS: [&str; 1] = ["lx-stream-related-story"];

/// Words that take back the one that follows them: `no-share`, `has-ads`.
const TAKEN_BACK_BY: [&str; 6] = ["no", "not", "has", "with", "without", "is"];

/// The attributes that decide on the category.
#[derive(Default)]
pub struct Attributes<'a> {
    class: Option<&'a str>,
    id: Option<&'a str>,
    pub testid: Option<&'a str>,
    role: Option<&'a str>,
    pub post: Option<&'a str>,
    is_out_of_sight: bool,
    /// Whether screen readers pass over it.
    pub is_out_of_reach: bool,
}

impl<'a> Attributes<'a> {
    pub fn new(element: &'a Element) -> Attributes<'a> {
        let mut attributes = Attributes::default();
        for (name, value) in element.attrs() {
            match name {
                "class" => attributes.class = Some(value),
                "id" => attributes.id = Some(value),
                "data-testid" | "data-component" => attributes.testid = Some(value),
                "role" => attributes.role = Some(value),
                "data-url" => attributes.post = super::address::site(value),
                "hidden" => attributes.is_out_of_sight = true,
                "aria-hidden" => attributes.is_out_of_reach = value == "true",
                _ => {}
            }
        }
        attributes
    }

    pub fn is_dropped(&self) -> bool {
        let names = [self.class, self.id, self.testid].into_iter().flatten();
        self.is_out_of_sight
            || self.role.is_some_and(|role| {
                matches!(
                    role,
                    "navigation"
                        | "banner"
                        | "contentinfo"
                        | "search"
                        | "dialog"
                        | "alertdialog"
                        | "complementary"
                        | "menu"
                )
            })
            || names.flat_map(str::split_ascii_whitespace).any(names_furniture)
    }

    /// Whether the class is that of a post of another site.
    pub fn is_post_by_class(&self) -> bool {
        self.has_class(&POSTS)
    }

    /// Whether the class is that of a figure.
    pub fn is_figure(&self) -> bool {
        self.has_class(&FIGURES)
    }

    fn has_class(&self, classes: &[&str]) -> bool {
        self.class.is_some_and(|class| class.split_ascii_whitespace().any(|class| classes.contains(&class)))
    }

    /// Some classes carry what they are behind a hash: `ssrcss-1f39n02-VisuallyHidden`.
    pub fn is_hidden(&self) -> bool {
        self.class.is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            HIDDEN.iter().any(|hidden| class.contains(hidden))
        })
    }

    pub fn is_time(&self) -> bool {
        self.testid.is_some_and(|id| id.contains("timestamp"))
            || self.class.is_some_and(|class| class.contains("-Timestamp"))
    }

    /// What the class says of a line in a byline.
    pub fn line_of_byline(&self) -> Option<Category> {
        let classes = self.class.filter(|_| self.is_byline())?.split_ascii_whitespace();
        let ends_with = |class: &str, last: &str| {
            let at = class.len().checked_sub(last.len());
            at.and_then(|at| class.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(last))
        };
        let mut of_byline = classes.filter(|class| names_byline(class));
        of_byline.find_map(|class| BYLINE.iter().find(|(last, _)| ends_with(class, last)).map(|(_, line)| *line))
    }

    /// What the class says of a line in a figure.
    pub fn line_of_figure(&self, element: ElementRef) -> Option<Category> {
        let class = self.class.filter(|class| class.contains("opyright") || class.contains("media-asset"))?;
        let class = class.to_ascii_lowercase();
        let (_, line) = FIGURE.iter().find(|(word, _)| class.contains(word))?;
        let mut around = element.ancestors().filter_map(ElementRef::wrap);
        let is_figure =
            |around: ElementRef| around.value().name() == "figure" || Attributes::new(around.value()).is_figure();
        around.any(is_figure).then_some(*line)
    }

    pub fn is_breaking_mark(&self) -> bool {
        [self.class, self.testid].into_iter().flatten().any(|name| name.contains("breaking"))
    }

    /// Whether one of the words of a class is one of these: `image__caption`, `photo-credit`.
    pub fn names(&self, words: &[&str]) -> bool {
        let is_word = |word: &str| words.contains(&word);
        self.class.is_some_and(|class| class.split(|c: char| !c.is_ascii_alphanumeric()).any(is_word))
    }

    pub fn is_byline(&self) -> bool {
        self.class.is_some_and(names_byline)
    }
}

fn names_byline(class: &str) -> bool {
    class.contains("ontributor") || class.contains("byline")
}

/// Whether one of a name's words says that it names no part of the story: `post-share`, `ssrcss-1hf3wfc-RelatedStories`.
fn names_furniture(name: &str) -> bool {
    if STORY_OPENINGS.iter().any(|opening| name.starts_with(opening)) {
        return false;
    }
    let mut before = "";
    name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        let taken_back = TAKEN_BACK_BY.contains(&std::mem::replace(&mut before, word));
        let is = |known: &&str| word.eq_ignore_ascii_case(known);
        let opens = |known: &&str| word.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
        !taken_back && (FURNITURE.iter().any(is) || FURNITURE_OPENINGS.iter().any(opens))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_furniture_are_recognised_by_their_words() {
        for name in ["post-share", "cookie-banner", "ssrcss-1hf3wfc-RelatedStories", "ad", "gs-c-promo", "shareTools"] {
            assert!(names_furniture(name), "{name}");
        }
        for name in ["no-share", "has-ads", "content-post", "header", "lead", "shared-image", "with-cookie-note"] {
            assert!(!names_furniture(name), "{name}");
        }
    }
}
