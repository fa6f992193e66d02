//! The tree of a document, with a bound on its depth and on its elements, so that no document takes long to read.
//!
//! html5ever looks through the open elements at nearly every tag, and opens unclosed `<b>` and `<a>` anew in each
//! paragraph: in a document that nests 50 000 elements, or leaves thousands unclosed, its time grows with the square of
//! the document's length. Browsers stop at a depth of 512. Here the tags beyond the bound never reach the tree builder;
//! their words do, and stand in the innermost element that was still opened.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::Tracer;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, QualName, TokenizerResult, local_name, ns};
use scraper::HtmlTreeSink;

type Node = <HtmlTreeSink as TreeSink>::Handle;

/// How deep elements are nested at most, as in browsers. Unclosed formatting counts twice, because it is opened anew.
const DEPTH: usize = 512;

/// How many elements a document has at most: one for so many bytes, or as many as a small one may have. Elements are far
/// larger in memory than a tag of three letters.
const BYTES_PER_ELEMENT: usize = 64;
const ELEMENTS: usize = 16_384;

/// How many attributes a tag has at most: html5ever compares each with all before it.
const ATTRIBUTES: usize = 512;

/// A document, and whether tags were left out of it.
pub struct Bounded {
    pub html: scraper::Html,
    pub is_cut: bool,
}

/// Parses a whole document.
pub fn document(text: &str) -> Bounded {
    parse(text, |options| TreeBuilder::new(HtmlTreeSink::new(scraper::Html::new_document()), options))
}

/// Parses a piece of HTML, as it stands in a body.
pub fn fragment(text: &str) -> Bounded {
    parse(text, |options| {
        let sink = HtmlTreeSink::new(scraper::Html::new_fragment());
        let body =
            html5ever::tree_builder::create_element(&sink, QualName::new(None, ns!(html), local_name!("body")), vec![]);
        TreeBuilder::new_for_fragment(sink, body, None, options)
    })
}

fn parse(text: &str, builder: impl FnOnce(TreeBuilderOpts) -> TreeBuilder<Node, HtmlTreeSink>) -> Bounded {
    let elements = (text.len() / BYTES_PER_ELEMENT).max(ELEMENTS);
    let filter = Filter::new(builder(TreeBuilderOpts::default()), elements);
    let tokenizer = Tokenizer::new(filter, TokenizerOpts::default());
    let input = BufferQueue::default();
    let bounded = without_further_attributes(text);
    input.push_back(StrTendril::from(&*bounded));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let Filter { builder, is_cut, .. } = tokenizer.sink;
    Bounded { html: builder.sink.finish(), is_cut: is_cut.get() || matches!(bounded, Cow::Owned(_)) }
}

/// The text without the attributes of tags that have more than [`ATTRIBUTES`].
fn without_further_attributes(text: &str) -> Cow<'_, str> {
    let mut bounded = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(start) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|offset| at + offset) {
        let tag = tag(&text[start..]);
        if let Some(most) = tag.most {
            bounded.push_str(&text[copied..start + most]);
            copied = start + tag.length;
        }
        at = start + tag.length + script_length(&text[start..], tag.length);
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    bounded.push_str(&text[copied..]);
    Cow::Owned(bounded)
}

/// Where a tag ends.
struct TagExtent {
    /// Its bytes before the `>`; 1 if it is no start tag.
    length: usize,
    /// Its bytes up to the last attribute that it may have, if it has more.
    most: Option<usize>,
}

/// The extent of the tag at the start of `text`, `<a href="…">`.
fn tag(text: &str) -> TagExtent {
    let bytes = text.as_bytes();
    let mut tag = TagExtent { length: 1, most: None };
    if !bytes.get(1).is_some_and(u8::is_ascii_alphabetic) {
        return tag;
    }
    let mut attributes = 0;
    while let Some(&byte) = bytes.get(tag.length).filter(|&&byte| byte != b'>') {
        let before = bytes[tag.length - 1];
        tag.length += match byte {
            b'"' | b'\'' if before == b'=' => {
                memchr::memchr(byte, &bytes[tag.length + 1..]).map_or(bytes.len() - tag.length, |end| end + 2)
            }
            _ => 1,
        };
        let is_apart = |byte: u8| byte.is_ascii_whitespace() || byte == b'/';
        if is_apart(byte) && !is_apart(before) {
            attributes += 1;
            if attributes > ATTRIBUTES && tag.most.is_none() {
                tag.most = Some(tag.length - 1);
            }
        }
    }
    tag
}

/// How many bytes of text follow the tag at the start of `text` if it is that of a script, whose text holds no tags.
fn script_length(text: &str, tag: usize) -> usize {
    let is = |at: usize, name: &[u8]| {
        text.as_bytes().get(at..at + name.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(name))
    };
    if !is(0, b"<script") {
        return 0;
    }
    let ends = memchr::memchr_iter(b'<', &text.as_bytes()[tag..]);
    ends.into_iter().find(|&end| is(tag + end, b"</script")).unwrap_or(text.len() - tag)
}

/// Gives the tree builder the tokens that are within the bounds.
struct Filter {
    builder: TreeBuilder<Node, HtmlTreeSink>,
    /// How many nodes the tree has at most.
    nodes: usize,
    /// How many open elements there were when they were counted last, and how many nodes the tree had then.
    counted: Cell<(usize, usize)>,
    /// Whether there were too many then, and no tag has changed that since.
    is_deep: Cell<bool>,
    /// How many start tags of each name were left out and wait for their end tags.
    left_out: RefCell<HashMap<LocalName, usize>>,
    is_cut: Cell<bool>,
    /// Whether a tag was left out that keeps what follows apart from what stands before.
    is_apart: Cell<bool>,
}

impl Filter {
    fn new(builder: TreeBuilder<Node, HtmlTreeSink>, elements: usize) -> Filter {
        Filter {
            builder,
            // Each element has at most one text beside it.
            nodes: 2 * elements,
            counted: Cell::new((0, 0)),
            is_deep: Cell::new(false),
            left_out: RefCell::default(),
            is_cut: Cell::new(false),
            is_apart: Cell::new(false),
        }
    }

    /// What keeps words apart that stood in elements which were left out.
    fn line_break(&self) -> Token {
        if self.is_full() {
            return Token::CharacterTokens(StrTendril::from(" "));
        }
        Token::TagToken(Tag {
            kind: TagKind::StartTag,
            name: local_name!("br"),
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        })
    }

    /// How many nodes the tree has. None is ever dropped from it.
    fn nodes(&self) -> usize {
        self.builder.sink.0.borrow().tree.values().len()
    }

    fn is_full(&self) -> bool {
        self.nodes() >= self.nodes
    }

    /// Whether no more elements may be opened within those that are.
    fn is_deepest(&self) -> bool {
        let nodes = self.nodes();
        let (open, before) = self.counted.get();
        // Each that was opened since is a new node, and counts twice if it is formatting.
        if self.is_deep.get() || open + 2 * (nodes - before) < DEPTH {
            return self.is_deep.get();
        }
        let open = Count::default();
        self.builder.trace_handles(&open);
        self.counted.set((open.0.get(), nodes));
        self.is_deep.set(open.0.get() >= DEPTH);
        self.is_deep.get()
    }

    /// Whether a start tag is left out. A tag that holds no elements opens none, and that of a script must be read by the
    /// tree builder, which has the tokenizer read what follows as text.
    fn leaves_out(&self, tag: &Tag) -> bool {
        let is_text = is_text(&tag.name);
        match is_void(&tag.name) {
            _ if is_text => false,
            true => self.is_full(),
            false => self.is_full() || self.is_deepest(),
        }
    }

    fn was_left_out(&self, tag: &Tag) -> bool {
        let mut left_out = self.left_out.borrow_mut();
        match left_out.get_mut(&tag.name) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            // `</p>` and `</br>` open an element where there is none to be closed.
            _ => matches!(tag.name, local_name!("p") | local_name!("br")) && self.is_full(),
        }
    }
}

impl TokenSink for Filter {
    type Handle = Node;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Node> {
        let is_left_out = match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let is_left_out = self.leaves_out(tag);
                if is_left_out && !is_void(&tag.name) {
                    *self.left_out.borrow_mut().entry(tag.name.clone()).or_default() += 1;
                }
                is_left_out
            }
            Token::TagToken(tag) => self.was_left_out(tag),
            Token::CommentToken(_) => self.is_full(),
            _ => false,
        };
        if is_left_out {
            self.is_cut.set(true);
            if let Token::TagToken(tag) = &token
                && !is_inline(&tag.name)
            {
                self.is_apart.set(true);
            }
            return TokenSinkResult::Continue;
        }
        let holds_words = match &token {
            Token::TagToken(tag) => {
                self.is_deep.set(false);
                // Within a script the tree builder takes nothing but text.
                tag.kind == TagKind::StartTag && is_text(&tag.name)
            }
            Token::CharacterTokens(words) => !words.trim_ascii().is_empty(),
            _ => false,
        };
        if holds_words && self.is_apart.take() {
            // Only scripts have an answer for the tokenizer.
            let _ = self.builder.process_token(self.line_break(), line);
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Counts the open elements.
#[derive(Default)]
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = Node;

    fn trace_handle(&self, _: &Node) {
        self.0.set(self.0.get() + 1);
    }
}

/// Whether an element holds text alone, whatever stands in it.
fn is_text(name: &LocalName) -> bool {
    const NAMES: [&str; 9] =
        ["script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext"];
    NAMES.contains(&&**name)
}

/// Whether an element holds nothing, and has no end tag.
fn is_void(name: &LocalName) -> bool {
    const NAMES: [&str; 16] = [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input", "link",
        "meta", "source", "wbr",
    ];
    NAMES.contains(&&**name)
}

/// Whether an element may stand within a word.
fn is_inline(name: &LocalName) -> bool {
    const NAMES: [&str; 20] = [
        "a", "abbr", "b", "bdi", "bdo", "big", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong",
        "sub", "sup", "u", "wbr",
    ];
    NAMES.contains(&&**name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(bounded: &Bounded) -> String {
        bounded.html.root_element().text().collect::<String>()
    }

    fn depth(bounded: &Bounded) -> usize {
        bounded.html.tree.nodes().map(|node| node.ancestors().count()).max().unwrap_or_default()
    }

    #[test]
    fn elements_beyond_the_bound_are_left_out_and_their_words_stay() {
        let n = 2_000;
        for (open, close) in [("<div>", "</div>"), ("<ul><li>", "</li></ul>"), ("<table><tr><td>", "</table>")] {
            let page = format!("<body>{}inner <b>wo</b>rds{} outer words <p>last</p>", open.repeat(n), close.repeat(n));
            let bounded = document(&page);
            assert!(bounded.is_cut && depth(&bounded) <= DEPTH + 8, "{open}: {}", depth(&bounded));
            assert!(bounded.html.tree.values().len() < 4 * DEPTH, "{open}");
            let words = words(&bounded).split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words, "inner words outer words last", "{open}");
        }
    }

    #[test]
    fn what_follows_the_end_of_a_deep_element_stands_outside_of_it() {
        let page = format!("<main>{}x{}</main><p id=after>After</p>", "<div>".repeat(2_000), "</div>".repeat(2_000));
        let bounded = document(&page);
        let after = bounded
            .html
            .tree
            .nodes()
            .find(|node| node.value().as_element().is_some_and(|element| element.attr("id") == Some("after")));
        assert_eq!(after.unwrap().ancestors().count(), 3);
    }

    #[test]
    fn unclosed_formatting_is_not_opened_anew_without_end() {
        let tags: String = (0..2_000).map(|n| format!("<a href=#{n}><b class=c{n}>w{n} <p>")).collect();
        let bounded = document(&tags);
        assert!(bounded.is_cut);
        assert!(bounded.html.tree.values().len() < 2 * ELEMENTS + 3 * DEPTH, "{}", bounded.html.tree.values().len());
        assert_eq!(words(&bounded).split_whitespace().count(), 2_000);
    }

    #[test]
    fn many_small_elements_are_left_out_as_well() {
        let n = 40_000;
        for (tag, count) in [("<p>", n), ("</p>", n), ("<br>", n), ("<!>", n), ("<i>x</i>", n)] {
            let bounded = document(&format!("<body>{}", tag.repeat(count)));
            let most = 2 * ELEMENTS.max(tag.len() * count / BYTES_PER_ELEMENT) + 8;
            assert!(bounded.is_cut && bounded.html.tree.values().len() <= most, "{tag}");
        }
    }

    #[test]
    fn attributes_beyond_the_bound_are_left_out() {
        let attributes: String = (0..2_000).map(|n| format!(" a{n}='{n} > 1'")).collect();
        let bounded = document(&format!("<body><p{attributes}>One</p><script>a<b {attributes}</script><p{attributes}"));
        assert!(bounded.is_cut);
        let elements = || bounded.html.tree.values().filter_map(scraper::Node::as_element);
        assert_eq!(elements().map(|element| element.attrs().count()).max(), Some(ATTRIBUTES));
        assert!(words(&bounded).starts_with("Onea<b  a0="));
        let page = "<p title='a > b' class=x data-words=\"1 2 3\">One</p>".repeat(300);
        assert!(matches!(without_further_attributes(&page), Cow::Borrowed(_)));
    }

    #[test]
    fn scripts_beyond_the_bound_stay_scripts() {
        let page = format!("{}<script>if (a<b) {{}}</script>words", "<div>".repeat(2_000));
        let bounded = fragment(&page);
        let is_script = |node: &scraper::Node| node.as_element().is_some_and(|element| element.name() == "script");
        assert!(bounded.is_cut && bounded.html.tree.values().any(is_script));
    }

    #[test]
    fn other_pages_are_as_scraper_reads_them() {
        let page =
            "<!doctype html><title>T</title><p>One<p>Two<ul><li>A<li>B</ul><table><tr><td>C</table></p><svg><a/></svg>";
        let bounded = document(page);
        assert!(!bounded.is_cut);
        assert_eq!(bounded.html, scraper::Html::parse_document(page));
        assert_eq!(fragment(page).html, scraper::Html::parse_fragment(page));
    }
}
