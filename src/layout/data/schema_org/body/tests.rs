//! What is read of the strings that publishers write.

use super::*;

fn told(text: &str) -> String {
    let body = Body::of(passages(text, &Addresses::default()).passages);
    let told = body.blocks.iter().map(|block| match block {
        Block::Paragraph { text, links } if links.is_empty() => text.clone(),
        Block::Paragraph { text, links } => format!("{text} [{} → {}]", links[0].text, links[0].url),
        Block::List { items, ordered, .. } => {
            format!("{}({})", if *ordered { "ol" } else { "ul" }, items.join(", "))
        }
        Block::Quote { text, attribution } => format!("“{text}” {}", attribution.as_deref().unwrap_or("?")),
        Block::Embed { site, url, text } => format!("<{site} {url:?} {text:?}>"),
        Block::Card { text, .. } => text.clone(),
        Block::Other(block) => block.text(),
    });
    told.collect::<Vec<_>>().join(" | ")
}

#[test]
fn tags_that_end_paragraphs_end_them() {
    assert_eq!(told("<p>One  two.</p>\n<p>Three&nbsp;four.</p>"), "One two. | Three four.");
    assert_eq!(told("One.<br/><br/>Two.<br>Three."), "One. | Two. | Three.");
    assert_eq!(told("<div>One<div>Two</div>Three</div>"), "One | Two | Three");
}

#[test]
fn without_such_tags_line_breaks_end_paragraphs() {
    assert_eq!(told("One.\n\nTwo.\r\nThree."), "One. | Two. | Three.");
    assert_eq!(told("It&#39;s &quot;one&quot;.\nTwo &amp; three"), "It's \"one\". | Two & three");
    assert_eq!(told("Read <b>this</b>.\nAnd that."), "Read this. | And that.");
    assert_eq!(told("<p>A line\nbreak in it.</p>"), "A line break in it.");
}

#[test]
fn lists_quotes_and_links_are_kept() {
    assert_eq!(
        told("<p>So:</p><ul><li>One</li><li><p>Two</p></li></ul><ol><li>A</li></ol>"),
        "So: | ul(One, Two) | ol(A)"
    );
    assert_eq!(told("So:\n• One\n• Two\nDone."), "So: | ul(One, Two) | Done.");
    assert_eq!(told("<blockquote><p>It held.</p><cite>— Ada Example</cite></blockquote>"), "“It held.” Ada Example");
    assert_eq!(
        told("See <a href='https://example.org/a'>the report <b>here</b></a>."),
        "See the report here. [the report here → https://example.org/a]"
    );
}

#[test]
fn what_was_escaped_twice_is_read_twice() {
    assert_eq!(told("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;It&amp;#39;s two.&lt;/p&gt;"), "One. | It's two.");
    assert_eq!(told("Ada &amp;amp; Bo"), "Ada & Bo");
}

#[test]
fn signs_that_are_no_markup_stay() {
    assert_eq!(told("5 < 6 & 7 > 3; R&D"), "5 < 6 & 7 > 3; R&D");
    assert_eq!(told("<p>I <3 it & so on</p>"), "I <3 it & so on");
}

#[test]
fn scripts_and_styles_do_not_leak() {
    assert_eq!(told("<p>One.</p><script>alert(1)</script><style>p{}</style><p>Two.</p>"), "One. | Two.");
}

#[test]
fn posts_of_other_sites_are_embeds() {
    let post = "<blockquote class=\"twitter-tweet\"><p>Words</p>— Ada <a href=\"https://twitter.com/a/status/1\">May</a></blockquote>";
    assert_eq!(told(post), "<twitter Some(\"https://twitter.com/a/status/1\") Some(\"Words — Ada May\")>");
    assert_eq!(
        told("https://www.facebook.com/example/posts/1"),
        "<facebook Some(\"https://www.facebook.com/example/posts/1\") None>"
    );
    assert_eq!(
        told("<iframe src=\"https://www.youtube.com/embed/x\"></iframe><iframe src=\"https://ads.example\"></iframe>"),
        "<youtube Some(\"https://www.youtube.com/embed/x\") None>"
    );
}

#[test]
fn figures_are_images_at_their_place() {
    let text = "<p>One.</p><figure><img src=\"https://img.example/a.jpg\" alt=\"A tunnel\"><span>Image: Reuters</span>\
                <figcaption>The tunnel</figcaption></figure><p>Two.</p>";
    let image = Image {
        alt: Some("A tunnel".into()),
        source: Some("Reuters".into()),
        caption: Some("The tunnel".into()),
        url: Some("https://img.example/a.jpg".into()),
        position: 1,
    };
    assert_eq!(Body::of(passages(text, &Addresses::default()).passages).images, [image]);
    assert_eq!(told(text), "One. | Two.");
}
