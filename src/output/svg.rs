//! SVG: the chart alone, of how many entries were published when, for articles and slides.

use std::fmt::{self, Display};
use std::io::{self, Write};

use super::chart::{Chart, Moment};
use super::clock::Clocks;
use super::describe::{self, counted};
use super::markup::Escaped;
use super::{Header, Output, PrintOptions};
use crate::model::{PageHead, Row};

pub(super) struct Svg<W> {
    to: W,
    head: Header,
    clocks: Clocks,
    moments: Vec<Moment>,
    untimed: usize,
    /// The live blog of the last row, and how many there are.
    page: Option<(String, String)>,
    pages: usize,
}

impl<W: Write> Svg<W> {
    pub(super) fn new(to: W, _: PrintOptions) -> Self {
        Self {
            to,
            head: Header::default(),
            clocks: Clocks::default(),
            moments: vec![],
            untimed: 0,
            page: None,
            pages: 0,
        }
    }

    fn title(&self) -> String {
        match (self.head.title(), &self.page) {
            (Some(title), _) => title.to_owned(),
            (None, Some((_, title))) if self.pages == 1 => title.clone(),
            _ => counted(self.pages, "live blog", "live blogs"),
        }
    }
}

impl<W: Write> Output for Svg<W> {
    fn begin(&mut self, head: &Header) -> io::Result<()> {
        (self.head, self.clocks) = (head.clone(), Clocks::new(head));
        Ok(())
    }

    fn page(&mut self, page: &PageHead) -> io::Result<()> {
        self.clocks.page(page);
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.page.as_ref().is_none_or(|(name, _)| *name != row.page) {
            self.page = Some((row.page.clone(), describe::page(row).to_owned()));
            self.pages += 1;
        }
        match self.clocks.local(row) {
            Some(time) => self.moments.push(Moment { time, id: row.entry.id.clone() }),
            None => self.untimed += 1,
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let chart = Chart::from_moments(&self.moments);
        let drawing = Drawing { title: &self.title(), entries: self.moments.len(), untimed: self.untimed, chart };
        write!(self.to, "{drawing}")?;
        self.to.flush()
    }
}

/// The size of the drawing, and where the bars are in it.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 84.0;
const BOTTOM: f64 = 64.0;

struct Drawing<'a> {
    title: &'a str,
    /// How many entries have a time, and how many have none.
    entries: usize,
    untimed: usize,
    chart: Option<Chart<'a>>,
}

impl Drawing<'_> {
    /// What the chart shows, in a sentence: who cannot see it reads that.
    fn description(&self) -> String {
        let mut words = counted(self.entries, "entry", "entries");
        match &self.chart {
            Some(chart) => {
                let highest = chart.bars.iter().position(|bar| bar.count == chart.most()).unwrap_or_default();
                words += &format!(", {}, {}: most in {}", chart.span(), per(chart), chart.words(highest));
            }
            None => words += ", not at different times: there is no chart",
        }
        if self.untimed > 0 {
            words += &format!("; {} without a time", self.untimed);
        }
        words
    }
}

/// `a bar for each 15 minutes`
fn per(chart: &Chart) -> String {
    format!("a bar for each {}", chart.length_in_words())
}

impl Display for Drawing<'_> {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let (title, description) = (Escaped(self.title), self.description());
        writeln!(
            to,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
             role=\"img\" aria-labelledby=\"title description\" font-family=\"system-ui, sans-serif\" font-size=\"14\" \
             fill=\"#222\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"description\">{}</desc>\n\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
             <text x=\"{LEFT}\" y=\"36\" font-size=\"20\" font-weight=\"600\">{title}</text>",
            Escaped(&description)
        )?;
        match &self.chart {
            Some(chart) => {
                let facts = format!("{} · {}", chart.span(), counted(self.entries, "entry", "entries"));
                writeln!(to, "<text x=\"{LEFT}\" y=\"60\" fill=\"#555\">{}</text>", Escaped(&facts))?;
                write_bars(to, chart)?;
            }
            None => writeln!(to, "<text x=\"{LEFT}\" y=\"60\" fill=\"#555\">{}</text>", Escaped(&description))?,
        }
        to.write_str("</svg>\n")
    }
}

fn write_bars(to: &mut fmt::Formatter, chart: &Chart) -> fmt::Result {
    let (room, height) = (WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
    let (end, ground) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    let scale = chart.scale();
    let top = scale.last().copied().unwrap_or(1) as f64;
    for count in &scale {
        let y = ground - height * *count as f64 / top;
        writeln!(
            to,
            "<line x1=\"{LEFT}\" x2=\"{end}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{count}</text>",
            LEFT - 8.0,
            y + 5.0
        )?;
    }
    let width = room / chart.bars.len() as f64;
    for (index, bar) in chart.bars.iter().enumerate().filter(|(_, bar)| bar.count > 0) {
        let bar_height = height * bar.count as f64 / top;
        writeln!(
            to,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{bar_height:.1}\" fill=\"#b3261e\"><title>{}</title></rect>",
            LEFT + width * (index as f64 + 0.08),
            ground - bar_height,
            width * 0.84,
            chart.words(index)
        )?;
    }
    writeln!(to, "<line x1=\"{LEFT}\" x2=\"{end}\" y1=\"{ground}\" y2=\"{ground}\" stroke=\"#222\"/>")?;
    for (bar, time) in chart.ticks() {
        let x = LEFT + width * bar as f64;
        let anchor = if x > end - 40.0 { "end" } else { "middle" };
        writeln!(
            to,
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{ground}\" y2=\"{}\" stroke=\"#222\"/>\
             <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{time}</text>",
            ground + 6.0,
            ground + 22.0
        )?;
    }
    let middle = TOP + height / 2.0;
    writeln!(
        to,
        "<text x=\"20\" y=\"{middle}\" transform=\"rotate(-90 20 {middle})\" text-anchor=\"middle\" fill=\"#555\">Entries</text>\n\
         <text x=\"{end}\" y=\"{}\" text-anchor=\"end\" fill=\"#555\">Time, {}</text>",
        HEIGHT - 16.0,
        per(chart)
    )
}

#[cfg(test)]
mod tests {
    use crate::output::{Arrangement, Format, Header, PrintOptions, sample};

    fn print(times: &[&str]) -> String {
        let rows: Vec<_> = times.iter().map(|time| sample::row_at("saved/<flood>.txt", time, 1, "Water")).collect();
        let head = Header { order: Arrangement::Timeline, ..Header::default() };
        sample::print_under(&head, Format::Svg, PrintOptions::default(), &rows)
    }

    #[test]
    fn the_chart_has_a_title_a_description_a_scale_and_times() {
        let svg = print(&["2023-06-19T13:00:00Z", "2023-06-19T13:04:00Z", "2023-06-19T15:00:00Z", ""]);
        let texts = |name: &str| -> Vec<_> {
            let start = format!("<{name}");
            svg.split(&start).skip(1).map(|element| element.split(['<', '>']).nth(1).unwrap().to_owned()).collect()
        };
        assert_eq!(
            texts("desc"),
            [
                "3 entries, 19 June 2023 14:00–16:00 +01:00, a bar for each 5 minutes: most in 14:00 – 14:05: 2 entries; \
              1 without a time"
            ]
        );
        assert_eq!(texts("title"), ["&lt;flood&gt;", "14:00 – 14:05: 2 entries", "16:00 – 16:05: 1 entry"]);
        assert_eq!(
            texts("text"),
            [
                "&lt;flood&gt;",
                "19 June 2023 14:00–16:00 +01:00 · 3 entries",
                "1",
                "2",
                "14:00",
                "14:30",
                "15:00",
                "15:30",
                "16:00",
                "Entries",
                "Time, a bar for each 5 minutes"
            ]
        );
    }

    #[test]
    fn without_different_times_there_is_a_sentence() {
        assert!(print(&[]).contains(">0 entries, not at different times: there is no chart</text>"));
        assert!(
            print(&["2023-06-19T13:00:00Z"]).contains(">1 entry, not at different times: there is no chart</text>")
        );
    }
}
