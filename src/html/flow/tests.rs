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

/// The passages, each as its kind and words, on one line.
fn kinds(html: &str) -> Vec<String> {
    let passages = passages(scraper::Html::parse_fragment(html).root_element(), &Addresses::default());
    passages.iter().map(|Passage { kind, text, .. }| format!("{kind:?} {text}")).collect()
}

#[test]
fn the_last_word_of_a_class_says_what_a_line_of_a_byline_is() {
    for (name, role) in [
        ("qa-contributor-name x__contributor-name gs-u-m0", "qa-contributor-role x__contributor-description"),
        ("ssrcss-1-TextContributorName e1", "ssrcss-1-TextContributorRole e1"),
        ("byline__name", "byline__title byline-job-title"),
    ] {
        let html = format!("<div class=x__contributor><p class='{name}'>Mill Lane</p><p class='{role}'>Ada</p></div>");
        assert_eq!(kinds(&html), ["Author Mill Lane", "Role Ada"], "{name}");
    }
    assert_eq!(kinds("<p class=contributor>Ada</p>"), ["Text Ada"]);
}

#[test]
fn a_credit_is_one_in_a_figure_alone() {
    let credit = "<figcaption><p class=x__copyright>Copyright: Ada</p><p>The weir</p></figcaption>";
    let shown = ["Credit Copyright: Ada", "Caption The weir"];
    assert_eq!(kinds(&format!("<figure>{credit}</figure>")), shown);
    assert_eq!(kinds(&format!("<div class=lx-media-asset>{credit}</div>")), shown);
    assert_eq!(kinds("<p class=copyright>Copyright: Ada</p>"), ["Paragraph Copyright: Ada"]);
}

#[test]
fn a_mark_of_breaking_news_opens_a_heading_and_is_no_part_of_it() {
    let heading = |inner: &str| kinds(&format!("<h3 class=x--breaking>{inner}</h3>"));
    assert_eq!(
        heading("<b class=x-breaking-label>Última hora</b><b>Weir gone</b>"),
        ["BreakingMark Última hora", "Heading(3) Weir gone"]
    );
    assert_eq!(heading("<b class=x-breaking>Weir gone</b>"), ["Heading(3) Weir gone"]);
    assert_eq!(kinds("<p><b class=breaking>Weir</b> gone</p>"), ["Paragraph Weir gone"]);
}

#[test]
fn the_words_of_a_quote_are_those_that_are_seen() {
    let quote = "<blockquote><span class=gs-u-vh>Quote Message: It held. from Ada</span><div aria-hidden=true><p>It held.</p></div>\
                 <footer aria-hidden=true><cite>Ada</cite><span>Baker</span></footer><i aria-hidden=true><svg></svg></i></blockquote>";
    assert_eq!(kinds(quote), ["Quote It held.", "Attribution Ada", "Attribution Baker"]);
    let plain =
        "<blockquote><span class=gs-u-vh>Quote Message</span><p>It held.</p><i aria-hidden=true></i></blockquote>";
    assert_eq!(kinds(plain), ["Quote Quote Message", "Quote It held."]);
}

#[test]
fn a_marker_of_a_credit_or_a_caption_stands_in_an_element_of_its_own() {
    let marker = |html: &str| {
        let html = format!("<figure><figcaption>{html}</figcaption></figure>");
        let passages = passages(scraper::Html::parse_fragment(&html).root_element(), &Addresses::default());
        passages.into_iter().next().map(|passage| passage.text[..passage.marker].to_owned())
    };
    assert_eq!(marker("<span>Pie de foto, </span>El túnel").as_deref(), Some("Pie de foto,"));
    assert_eq!(marker("<span>Pie de foto,</span><p>El túnel</p>").as_deref(), Some("Pie de foto,"));
    assert_eq!(marker("<span>El túnel</span>, de noche").as_deref(), Some(""));
    assert_eq!(marker("El túnel, <span>de noche,</span> abre").as_deref(), Some(""));
}

#[test]
fn the_card_of_a_page_that_a_post_is_about_is_part_of_the_story() {
    assert_eq!(
        kinds("<div class=lx-stream-related-story><p class='lx-stream-related-story--summary x'>Stone.</p></div>"),
        ["Paragraph Stone."]
    );
    assert_eq!(kinds("<div class=related-story><p>Stone.</p></div>"), [""; 0]);
}

#[test]
fn a_gap_for_the_width_of_an_image_is_filled_with_the_largest() {
    let image = |attributes: &str| kinds(&format!("<img alt=Weir {attributes}>"));
    assert_eq!(
        image("data-src='https://a.example/{width}/a.jpg' data-widths='[240,976,320]'"),
        ["Image(Some(\"https://a.example/976/a.jpg\")) Weir"]
    );
    assert_eq!(image("data-src='https://a.example/{width}/a.jpg'"), ["Image(None) Weir"]);
}
