//! A sparkline: how many entries fell when, in one line.

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Bars for times given in seconds and in order, over equal parts of the time from the first to the last; a part
/// without any is a space. Nothing where all times are one.
pub(super) fn sparkline(times: &[i64], bars: usize) -> String {
    let (Some(&first), Some(&last)) = (times.first(), times.last()) else { return String::new() };
    let Ok(length @ 1..) = usize::try_from(last - first) else { return String::new() };
    let mut counts = vec![0_usize; bars];
    for time in times {
        let place = usize::try_from(time - first).unwrap_or_default() * bars / length;
        counts[place.min(bars - 1)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let bar = |count: usize| match count {
        0 => ' ',
        _ => BARS[(count * BARS.len()).div_ceil(most) - 1],
    };
    counts.into_iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_the_time_has_its_bar() {
        assert_eq!(sparkline(&[0, 0, 0, 0, 1, 40, 60, 79, 80], 4), "█ ▂▅");
    }

    #[test]
    fn one_moment_has_no_course() {
        assert_eq!(sparkline(&[], 4), "");
        assert_eq!(sparkline(&[7, 7], 4), "");
    }
}
