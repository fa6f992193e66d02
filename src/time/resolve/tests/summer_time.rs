//! The hours that the clocks jump over, and those that they repeat.

use super::*;

#[test]
fn a_time_that_does_not_exist_moves_forward_by_the_gap() {
    assert_eq!(resolve_words(&["01:30 26 March 2023"], &unknown()), ["2023-03-26 02:30+01:00 time-does-not-exist"]);
    assert_eq!(
        doubts("01:30 26 March 2023", &unknown()),
        ["time-does-not-exist: 01:30 on 26 March 2023 does not exist in Europe/London; taken as 02:30"]
    );
}

#[test]
fn a_time_that_exists_twice_is_the_first_with_a_doubt() {
    assert_eq!(resolve_words(&["01:30 29 October 2023"], &unknown()), ["2023-10-29 01:30+01:00 time-ambiguous"]);
    assert_eq!(
        doubts("01:30 29 October 2023", &unknown()),
        ["time-ambiguous: 01:30 on 29 October 2023 exists twice in Europe/London; the first is taken"]
    );
}

#[test]
fn neighbours_settle_a_time_that_exists_twice() {
    let stamps = ["01:45 GMT 29 October 2023", "01:30 29 October 2023", "01:15 GMT 29 October 2023"];
    assert_eq!(resolve_words(&stamps, &unknown())[1], "2023-10-29 01:30+00:00");
    let stamps = ["01:45 BST 29 October 2023", "01:30 29 October 2023", "01:15 BST 29 October 2023"];
    assert_eq!(resolve_words(&stamps, &unknown())[1], "2023-10-29 01:30+01:00");
    let stamps = ["02:15 GMT 29 October 2023", "01:30 29 October 2023", "00:45 BST 29 October 2023"];
    assert_eq!(resolve_words(&stamps, &unknown())[1], "2023-10-29 01:30+01:00 time-ambiguous");
}

#[test]
fn a_step_back_of_the_clock_shows_itself_in_the_order() {
    let times = ["02:10", "01:50", "01:20", "01:40", "01:10", "00:50"];
    let stamps = times.map(|time| format!("{time} 29 October 2023"));
    let newest_first = stamps.each_ref().map(String::as_str);
    let mut instants = vec![
        "2023-10-29 02:10+00:00",
        "2023-10-29 01:50+00:00",
        "2023-10-29 01:20+00:00",
        "2023-10-29 01:40+01:00",
        "2023-10-29 01:10+01:00",
        "2023-10-29 00:50+01:00",
    ];
    assert_eq!(resolve_words(&newest_first, &unknown()), instants);

    let mut oldest_first = newest_first;
    oldest_first.reverse();
    instants.reverse();
    assert_eq!(resolve_words(&oldest_first, &unknown()), instants);
}

/// The page in the documentation of `resolve`.
#[test]
fn a_page_over_the_night_in_which_the_clocks_go_back() {
    let stamps = ["02:10", "01:40", "01:50", "23:55 BST"];
    let instants: Vec<_> = resolve(&read(&stamps), &captured("2023-10-29T10:00:00Z"))
        .into_iter()
        .map(|resolved| resolved.unwrap().local.to_utc().format("%d %H:%M").to_string())
        .collect();
    assert_eq!(instants, ["29 02:10", "29 01:40", "29 00:50", "28 22:55"]);
}
