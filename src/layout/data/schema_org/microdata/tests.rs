//! What the attributes that publishers write are read as.

use super::*;

fn told(html: &str) -> Value {
    Value::Array(items(&Html::read(&format!("<html><body>{html}"), None)))
}

/// The one value of a property, written so.
fn property(name: &str, html: &str) -> Value {
    told(&format!("<div itemscope>{html}</div>"))[0][name].clone()
}

#[test]
fn items_within_items_are_their_values() {
    let html = "<article itemscope itemtype='http://schema.org/LiveBlogPosting'><h1 itemprop=headline>A  <i>flood</i></h1>
        <div itemprop=liveBlogUpdate itemscope itemtype='http://schema.org/BlogPosting' id=post-2>
          <span itemprop=author itemscope itemtype='http://schema.org/Person'><b itemprop=name>Ada Example</b></span>
          <div itemprop=articleBody><p>One.</p><ul><li>Two</li></ul></div></div>
        <div itemprop=liveBlogUpdate itemscope itemid='https://news.example/live#1'><p itemprop='headline name' content=B></p></div>
        <meta itemprop=mainEntityOfPage itemscope itemid='https://news.example/live'></article>";
    let expected = json!([{
        "@type": "http://schema.org/LiveBlogPosting",
        "headline": "A flood",
        "liveBlogUpdate": [
            {
                "@id": "post-2",
                "@type": "http://schema.org/BlogPosting",
                "author": {"@type": "http://schema.org/Person", "name": "Ada Example"},
                "articleBody": "<div><p>One.</p><ul><li>Two</li></ul></div>",
            },
            {"@id": "https://news.example/live#1", "headline": "B", "name": "B"},
        ],
        "mainEntityOfPage": {"@id": "https://news.example/live"},
    }]);
    assert_eq!(told(html), expected);
}

#[test]
fn a_value_is_what_the_element_says_before_what_it_shows() {
    let time = "2023-06-19T14:27:00+01:00";
    for html in [
        format!("<meta itemprop=datePublished content='{time}'>"),
        format!("<span itemprop=datePublished content='{time}'>14:27</span>"),
        format!("<time itemprop=datePublished datetime='{time}'>14:27</time>"),
        format!("<p itemprop=datePublished>At <time datetime='{time}'>14:27</time></p>"),
        format!("<p itemprop=datePublished>{time}</p>"),
    ] {
        assert_eq!(property("datePublished", &html), time, "{html}");
    }
    assert_eq!(property("coverageEndTime", "<meta itemprop=coverageEndTime content=' '>"), Value::Null);
    assert_eq!(property("wordCount", "<data itemprop=wordCount value=12>twelve</data>"), "12");
}

#[test]
fn addresses_are_those_of_links_and_images_and_never_words() {
    for html in [
        "<a itemprop=url href=/live>Here</a>",
        "<link itemprop=url href=/live>",
        "<meta itemprop=url content=/live>",
        "<h2 itemprop=url><a href=/live>Here</a></h2>",
        "<img itemprop=url src=/live>",
        "<img itemprop=url src='data:image/gif;base64,A' data-src=/live>",
        "<object itemprop=url data=/live></object>",
    ] {
        assert_eq!(property("url", html), "/live", "{html}");
    }
    assert_eq!(property("image", "<figure itemprop=image><figcaption>A quay</figcaption></figure>"), Value::Null);
}

#[test]
fn links_that_are_marked_as_words_are_words() {
    assert_eq!(property("author", "<a itemprop=author href=/ada>Ada Example</a>"), "Ada Example");
    assert_eq!(
        property("headline", "<h2><a itemprop=headline href=/1>Tunnel <b>reopens</b></a></h2>"),
        "Tunnel reopens"
    );
}

#[test]
fn updates_need_no_live_blog_around_them() {
    let update = "<div itemprop=liveBlogUpdate itemscope><p itemprop=headline>A</p></div>";
    let updates = json!([{"headline": "A"}, {"headline": "A"}]);
    assert_eq!(told(&[update, update].concat()), json!([{"liveBlogUpdate": updates}]));
    let closed = format!("<div itemscope itemtype=LiveBlogPosting><h1 itemprop=headline>B</h1></div>{update}{update}");
    assert_eq!(told(&closed), json!([{"@type": "LiveBlogPosting", "headline": "B", "liveBlogUpdate": updates}]));
}

#[test]
fn updates_that_are_not_closed_follow_each_other() {
    let update = |title| format!("<div itemprop=liveBlogUpdate itemscope><p itemprop=headline>{title}</p>");
    let html = format!("<main itemscope itemtype=LiveBlogPosting>{}{}{}", update("A"), update("B"), update("C"));
    assert_eq!(told(&html)[0]["liveBlogUpdate"], json!([{"headline": "A"}, {"headline": "B"}, {"headline": "C"}]));
}

#[test]
fn what_holds_updates_is_no_body() {
    let html = "<main itemscope><div itemprop=articleBody><p>A</p><p itemprop=liveBlogUpdate>B</p></div></main>";
    assert_eq!(told(html), json!([{"liveBlogUpdate": {"articleBody": "<div>B</div>"}}]));
    let open = "<div itemprop=liveBlogUpdate itemscope><div itemprop=articleBody><p>One.</p>";
    assert_eq!(told(&open.repeat(2)), json!([{"liveBlogUpdate": [{}, {"articleBody": "<div><p>One.</p></div>"}]}]));
}

#[test]
fn an_item_without_properties_has_its_words() {
    assert_eq!(
        property("author", "<span itemprop=author itemscope>Ada Example</span>"),
        json!({"name": "Ada Example"})
    );
    let update = "<div itemprop=liveBlogUpdate><h2>A <b>title</b></h2><p>One.</p></div>";
    let expected = json!({"headline": "A <b>title</b>", "articleBody": "<div><h2></h2><p>One.</p></div>"});
    assert_eq!(told(update), json!([{"liveBlogUpdate": [expected]}]));
}

#[test]
fn an_update_that_marks_no_time_has_the_one_beside_its_body() {
    let time = |update: &str| told(&format!("<div itemprop=liveBlogUpdate>{update}"))[0][UPDATE][0][TIME].clone();
    assert_eq!(time("<p>At <time datetime='2023-06-19T14:27Z'>14:27</time>"), "2023-06-19T14:27Z");
    assert_eq!(time("<p itemprop=articleBody>At <time datetime='2023-06-19T14:27Z'>14:27</time>"), Value::Null);
    assert_eq!(time("<p>A<div itemprop=liveBlogUpdate><time datetime='2023-06-19T14:27Z'></time>"), Value::Null);
}

#[test]
fn a_property_within_itself_is_told_once() {
    let html = "<div itemprop=articleBody><p itemprop=articleBody>One.</p><p itemprop=articleBody>Two.</p></div>";
    let body = "<div><p itemprop=\"articleBody\">One.</p><p itemprop=\"articleBody\">Two.</p></div>";
    assert_eq!(property("articleBody", html), body);
    let two = "<p itemprop=articleBody>One.</p><p itemprop=articleBody>Two.</p>";
    assert_eq!(property("articleBody", two), json!(["<div>One.</div>", "<div>Two.</div>"]));
}

#[test]
fn items_that_nest_thousands_deep_are_read() {
    for tag in
        ["<div itemprop=author itemscope>", "<div itemprop='articleBody name url'>", "<i itemprop=liveBlogUpdate>"]
    {
        let html = format!("<div itemscope>{}At the bottom.", tag.repeat(2_000));
        assert!(told(&html).to_string().contains("At the bottom."), "{tag}");
    }
}
