//! What a reader sees of elements.

use super::*;

/// The passages, each as its kind and words; one that stands apart is led by a blank line.
fn passages_as_lines(html: &str) -> String {
    let passages = passages(scraper::Html::parse_fragment(html).root_element(), &Addresses::default());
    let lines = passages.iter().map(|Passage { kind, text, apart, .. }| {
        let apart = if *apart { "\n" } else { "" };
        match kind {
            PassageKind::Paragraph | PassageKind::Text => format!("{apart}{text}\n"),
            PassageKind::Heading(level) => format!("{apart}h{level} {text}\n"),
            PassageKind::Item { ordered, number, depth } => {
                let mark = if *ordered { format!("{number}.") } else { "•".repeat(*depth) };
                format!("{apart}{mark} {text}\n")
            }
            kind => format!("{apart}{kind:?} {text}\n"),
        }
    });
    lines.collect()
}

#[test]
fn blocks_end_passages_and_margins_set_them_apart() {
    assert_eq!(
        passages_as_lines("<h2>A</h2><p>One  <b>two</b>\n three.</p><p>Four.</p>"),
        "\nh2 A\n\nOne two three.\n\nFour.\n"
    );
    assert_eq!(passages_as_lines("<div>One</div><div>Two<span> three</span></div>"), "One\nTwo three\n");
    assert_eq!(passages_as_lines("<p>One<br>two<br><br>three</p>"), "\nOne\ntwo\n\nthree\n");
}

#[test]
fn lists_keep_numbers_and_depth() {
    let list =
        "<ul><li>One<ul><li>Two</li></ul></li><li><p>Three</p><p>Four</p></li></ul><ol><li>Five</li><li>Six</li></ol>";
    assert_eq!(passages_as_lines(list), "\n• One\n•• Two\n\n• Three\n\nFour\n\n1. Five\n2. Six\n");
}

#[test]
fn words_for_screen_readers_are_glued_to_headings() {
    let heading = "<h3>Tunnel reopens <span class=\"x-VisuallyHidden\">, published at 14:27</span></h3>";
    assert_eq!(passages_as_lines(heading), "\nh3 Tunnel reopenspublished at 14:27\n");
    let twice = "<h3>Tunnel reopens<span data-testid=\"timestamp\"><span data-testid=\"accessible-timestamp\">published \
                 at 14:27</span><span>14:27</span></span></h3>";
    assert_eq!(passages_as_lines(twice), "\nh3 Tunnel reopenspublished at 14:27\n");
}

#[test]
fn a_heading_is_cut_behind_a_time_and_at_a_comma_for_screen_readers() {
    let comma = "<i class=\"x-visuallyHidden\">, </i>";
    let heading = format!(
        "<h3><time datetime=\"2023-06-19\">19 June</time><b>Breaking{comma}</b>Tunnel, reopened{comma}One lane</h3>"
    );
    assert_eq!(
        passages_as_lines(&heading),
        "\nTime(Some(\"2023-06-19\")) 19 June\nh3 Breaking\nh3 Tunnel, reopened\nh3 One lane\n"
    );
}

#[test]
fn the_lines_of_a_byline_stand_together() {
    let byline = "<p class=\"Contributor\"><b>Ada Example</b><span>Live reporter</span></p><p>Words.</p>";
    assert_eq!(passages_as_lines(byline), "\nAda Example\nLive reporter\n\nWords.\n");
    let byline = "<div class=\"byline\"><img alt=\"Ada\" src=\"a.jpg\"><p>Ada Example</p><p>Live reporter</p></div>";
    assert_eq!(passages_as_lines(byline), "\nAda Example\nLive reporter\n");
    assert_eq!(passages_as_lines("<p class=\"byline\">By <b>Ada</b> and <b>Bo</b></p>"), "\nBy Ada and Bo\n");
}

#[test]
fn a_time_alone_is_no_part_of_the_words_beside_it() {
    assert_eq!(
        passages_as_lines("<time datetime=\"2023-06-19\">14:27</time><p>At <time>14:00</time> it rang.</p>"),
        "Time(Some(\"2023-06-19\")) 14:27\n\nAt 14:00 it rang.\n"
    );
}

#[test]
fn links_hold_the_words_that_a_reader_sees() {
    let html = "<p>See <a href=\"https://a.example\">the <b>report</b><span class=\"visually-hidden\">, external</span></a> and \
                <a href=\"#top\">up</a>.</p>";
    let passages = passages(scraper::Html::parse_fragment(html).root_element(), &Addresses::default());
    assert_eq!(passages[0].text, "See the report, external and up.");
    assert_eq!(passages[0].links, [Link { text: "the report".into(), url: "https://a.example".into() }]);
}

#[test]
fn what_is_no_part_of_the_story_is_dropped() {
    let html = "<p>One.</p><nav>Home</nav><script>x</script><div class=\"related-stories\"><p>Other</p></div><aside>Also</aside>\
                <div role=\"dialog\">Cookies</div><button>Share</button><p hidden>Old</p><svg><title>Icon</title></svg>\
                <noscript>No script</noscript><img src=\"pixel.gif\"><p>Two<img alt=\"😀\">.</p>";
    assert_eq!(passages_as_lines(html), "\nOne.\n\nTwo😀.\n");
}

#[test]
fn a_page_that_nests_thousands_deep_is_read() {
    let html = format!("{}<p>At the bottom.", "<div><b>".repeat(2_000));
    assert!(passages_as_lines(&html).contains("At the bottom."));
}
