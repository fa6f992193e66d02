//! Documents made to take long: the work grows with their length, not with its square. None of these tests ends within
//! minutes where it does.

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

use liveblog::model::{Code, LiveBlog};
use liveblog::{Document, ParseOptions, explain, parse};

const POST: &str = "<h3>Title<span>published at 14:27 British Summer Time 19 June 2023</span></h3><p>Body</p>";
const UPDATE: &str = "<div itemprop=\"liveBlogUpdate\" itemscope itemtype=\"https://schema.org/BlogPosting\"><h2 itemprop=\"headline\">h</h2>";

fn read(text: &str) -> LiveBlog {
    let options = ParseOptions::new("2025-01-01T00:00:00Z".parse().unwrap());
    parse(&Document::from_text("page.html", text), &options).unwrap()
}

fn is_cut(blog: &LiveBlog) -> bool {
    blog.warnings.iter().any(|warning| warning.code == Code::ElementsLeftOut)
}

#[test]
fn deep_documents_are_cut_and_keep_their_entries() {
    let n = 40_000;
    for page in [
        format!("<html><body>{}{POST}", "<div>".repeat(n)),
        format!("<html><body>{}x{POST}", "<ul><li>".repeat(n / 2)),
        format!("<html><body>{}{POST}", (0..n / 4).map(|n| format!("<a href=#{n}><b class=c{n}>")).collect::<String>()),
    ] {
        let blog = read(&page);
        let entry = &blog.entries[0];
        assert_eq!((entry.title.as_deref(), entry.text().as_str(), is_cut(&blog)), (Some("Title"), "Body", true));
    }
}

#[test]
fn deep_bodies_in_data_are_cut_and_keep_their_words() {
    let blog = read(&format!(
        "<html><script type=\"application/ld+json\">{{\"@type\": \"LiveBlogPosting\", \"liveBlogUpdate\": [{{\"headline\": \"h\",
        \"datePublished\": \"2023-06-19T14:27:00Z\", \"articleBody\": \"{}words\"}}]}}</script>",
        "<div>".repeat(50_000)
    ));
    assert_eq!((blog.entries[0].text().as_str(), is_cut(&blog)), ("words", true));
    assert_eq!(blog.entries[0].doubts, [Code::ElementsLeftOut]);
}

#[test]
fn updates_that_nest_or_share_a_title_are_read_in_one_pass() {
    let blog = read(&format!("<html><body>{}<p>x</p>", UPDATE.repeat(400)));
    assert_eq!((blog.entries.len(), is_cut(&blog)), (400, false));
    let update = |number| {
        let (hour, minute) = (number / 60, number % 60);
        format!(
            "{UPDATE}<time itemprop=datePublished datetime=2023-06-19T{hour:02}:{minute:02}:00Z></time><p>x</p></div>"
        )
    };
    let blog = read(&format!("<html><body>{}", (0..1_000).map(update).collect::<String>()));
    assert_eq!((blog.entries.len(), blog.entries[999].text().as_str()), (1_000, "x"));
}

#[test]
fn texts_of_nothing_but_line_ends_are_refused() {
    let options = ParseOptions::new("2025-01-01T00:00:00Z".parse().unwrap());
    for text in ["x\n".repeat(200_000), "\n".repeat(200_000), "x\r\n".repeat(200_000)] {
        let text = format!("Titlepublished at 14:27 British Summer Time 19 June 2023\n\nBody\n{text}");
        let document = Document::from_text("page.txt", &text);
        let error = parse(&document, &options).unwrap_err().to_string();
        assert!(error.ends_with(" bytes, which is no live page"), "{error}");
        assert!(explain(&document, &options).is_err());
    }
}

#[test]
fn data_of_nothing_but_tiny_objects_is_no_live_blog() {
    let page = |count: usize| {
        let updates = vec!["{\"headline\":\"h\"}"; count].join(",");
        let script = format!("{{\"@type\":\"LiveBlogPosting\",\"liveBlogUpdate\":[{updates}]}}");
        Document::from_text("page.html", &format!("<html><script type=application/ld+json>{script}</script>"))
    };
    let options = ParseOptions::new("2025-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(parse(&page(1_000), &options).unwrap().entries.len(), 1_000);
    assert!(parse(&page(30_000), &options).is_err());
}

#[test]
fn a_run_of_adjacent_lines_is_looked_at_once() {
    let lines = "Some words\n".repeat(50_000);
    let blog = read(&format!("1. Titlepublished at 14:27 British Summer Time 19 June 2023\n\n{lines}"));
    assert_eq!(blog.entries[0].images.len(), 50_000);
}
