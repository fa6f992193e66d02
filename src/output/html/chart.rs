//! The chart in HTML: each bar a link to its entries.

use std::fmt::{self, Display};

use super::percent;
use crate::output::chart::Chart;
use crate::output::markup::Escaped;

/// The height of the bars, and of the whole chart.
const HEIGHT: f64 = 72.0;
const WHOLE: f64 = HEIGHT + 20.0;

/// The HTML of a chart, if there is one.
pub(super) struct ChartHtml<'a>(pub(super) Option<Chart<'a>>);

impl Display for ChartHtml<'_> {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let Some(chart) = &self.0 else { return Ok(()) };
        writeln!(
            to,
            "<svg class=\"chart\" role=\"group\" aria-label=\"Entries over time\" width=\"100%\" height=\"{WHOLE}\">"
        )?;
        let scale = chart.scale();
        let top = scale.last().copied().unwrap_or(1) as f64;
        let width = 100.0 / chart.bars.len() as f64;
        for (index, bar) in chart.bars.iter().enumerate() {
            let Some(first) = bar.first else { continue };
            let (words, seconds) = (chart.words(index), chart.seconds(index));
            let (x, height) = (width * index as f64, HEIGHT * bar.count as f64 / top);
            writeln!(
                to,
                "<a href=\"#{}\" data-from=\"{}\" data-to=\"{}\" aria-label=\"{words}\"><title>{words}</title>\
                 <rect class=\"room\" x=\"{x:.2}%\" y=\"0\" width=\"{width:.2}%\" height=\"{HEIGHT}\"/>\
                 <rect class=\"bar\" x=\"{:.2}%\" y=\"{:.1}\" width=\"{:.2}%\" height=\"{height:.1}\"/></a>",
                Escaped(&percent(&first.id)),
                seconds.start,
                seconds.end,
                x + width * 0.08,
                HEIGHT - height,
                width * 0.84,
            )?;
        }
        for count in scale {
            let y = HEIGHT - HEIGHT * count as f64 / top;
            writeln!(
                to,
                "<line class=\"scale\" x1=\"0\" x2=\"100%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/><text class=\"scale\" y=\"{:.1}\">{count}</text>",
                y + 10.0
            )?;
        }
        writeln!(to, "<line x1=\"0\" x2=\"100%\" y1=\"{HEIGHT}\" y2=\"{HEIGHT}\"/>")?;
        for (bar, time) in chart.ticks() {
            let x = width * bar as f64;
            let anchor = if x > 90.0 { " text-anchor=\"end\"" } else { "" };
            writeln!(to, "<text x=\"{x:.2}%\" y=\"{}\"{anchor}>{time}</text>", WHOLE - 4.0)?;
        }
        to.write_str("</svg>\n")
    }
}

#[cfg(test)]
mod tests {
    use crate::output::{Format, PrintOptions, sample};

    #[test]
    fn a_bar_links_to_its_first_entry_on_the_page_and_the_scale_says_how_high_it_is() {
        let rows = [("a b", "14:01:00"), ("c", "14:01:30"), ("d", "13:40:00")].map(|(id, time)| {
            let mut row = sample::row_at("flood.txt", &format!("2023-06-19T{time}Z"), 0, "Water");
            row.entry.id = id.into();
            row
        });
        let page = sample::print(Format::Html, PrintOptions::default(), &rows);
        assert!(
            page.contains(
                "<a href=\"#a-b\" data-from=\"1687183260\" data-to=\"1687183320\" aria-label=\"14:01 – 14:02: 2 entries\">"
            ),
            "{page}"
        );
        assert!(page.contains("<text class=\"scale\" y=\"46.0\">1</text>"), "{page}");
        assert!(page.contains("<text class=\"scale\" y=\"10.0\">2</text>"), "{page}");
    }
}
