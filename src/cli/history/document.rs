//! A history as a document: Markdown, or a page of HTML that needs nothing else.

use std::io::{self, Write};

use liveblog::archive::{CaptureChanges, Change, History, Piece};
use liveblog::output::{html_safe, markdown_safe};

use super::describe::{capture_time, entry_name, local_time, source, word};
use crate::cli::terminal::counted;

const STYLE: &str = "\
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 48rem; font: 1rem/1.55 system-ui, sans-serif; \
color-scheme: light dark; overflow-wrap: break-word }
h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin-top: 2rem } h1, h2 { line-height: 1.25 }
li { margin: .6rem 0 } .faint { opacity: .7; font-size: .9rem } p { margin: .3rem 0; white-space: pre-line }
ins { text-decoration: none; background: #2da44e40 } del { background: #cf222e40 }
";

/// Writes a document of Markdown.
pub fn write_markdown(to: &mut impl Write, histories: &[History]) -> io::Result<()> {
    for (index, history) in histories.iter().enumerate() {
        if index > 0 {
            writeln!(to)?;
        }
        writeln!(to, "# {}", markdown_safe(title(history)))?;
        for step in &history.steps {
            writeln!(to, "\n## {}. {}", step.number, heading(history, step, markdown_safe))?;
            if step.number > 1 {
                writeln!(to)?;
            }
            for change in &step.changes {
                let Change { became, entry, .. } = change;
                let time = time(history, change);
                writeln!(to, "- **{}** {time}{}", word(*became), markdown_safe(&entry_name(entry)))?;
                for difference in &change.differences {
                    let pieces = difference.pieces.iter().map(|piece| match piece {
                        Piece::Kept(words) => markdown_safe(words),
                        Piece::Removed(words) => format!("~~{}~~", markdown_safe(words)),
                        Piece::Added(words) => format!("**{}**", markdown_safe(words)),
                    });
                    writeln!(to, "  - {}: {}", difference.field, pieces.collect::<Vec<_>>().join(" "))?;
                }
            }
            if step.number > 1 && step.changes.is_empty() {
                writeln!(to, "Nothing changed.")?;
            }
        }
    }
    Ok(())
}

/// Writes a page of HTML.
pub fn write_html(to: &mut impl Write, histories: &[History]) -> io::Result<()> {
    let name = match histories {
        [history] => html_safe(title(history)),
        _ => "History".to_owned(),
    };
    write!(
        to,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{name}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    )?;
    for history in histories {
        writeln!(to, "<section>\n<h1>{}</h1>", html_safe(title(history)))?;
        for step in &history.steps {
            writeln!(to, "<h2>{}. {}</h2>", step.number, heading(history, step, html_safe))?;
            if step.changes.is_empty() {
                if step.number > 1 {
                    writeln!(to, "<p class=\"faint\">Nothing changed.</p>")?;
                }
                continue;
            }
            writeln!(to, "<ul>")?;
            for change in &step.changes {
                let Change { became, entry, .. } = change;
                let time = time(history, change);
                writeln!(to, "<li><b>{}</b> {time}{}", word(*became), html_safe(&entry_name(entry)))?;
                for difference in &change.differences {
                    let pieces = difference.pieces.iter().map(|piece| match piece {
                        Piece::Kept(words) => html_safe(words),
                        Piece::Removed(words) => format!("<del>{}</del>", html_safe(words)),
                        Piece::Added(words) => format!("<ins>{}</ins>", html_safe(words)),
                    });
                    let pieces = pieces.collect::<Vec<_>>().join(" ");
                    writeln!(to, "<p><span class=\"faint\">{}:</span> {pieces}</p>", difference.field)?;
                }
                writeln!(to, "</li>")?;
            }
            writeln!(to, "</ul>")?;
        }
        writeln!(to, "</section>")?;
    }
    writeln!(to, "</body>\n</html>")
}

fn title(history: &History) -> &str {
    history.title.as_deref().unwrap_or(&history.page)
}

/// `captured 19 June 2023 15:00 BST from flood.txt, 5 entries`
fn heading(history: &History, step: &CaptureChanges, safe: fn(&str) -> String) -> String {
    let entries = counted(step.entries, "entry", "entries");
    format!("{} from {}, {entries}", capture_time(step, history.zone), safe(source(step)))
}

/// `14:27 `
fn time(history: &History, change: &Change) -> String {
    change.entry.published.map_or(String::new(), |time| local_time(time, history.zone, "%H:%M "))
}
