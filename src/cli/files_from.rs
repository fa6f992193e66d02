//! `--files-from`: a list of files, one a line, for more pages than a command line can name.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, stdin};
use std::path::{Path, PathBuf};

use liveblog::input::{self, printable};

use super::Error;

/// Reads the list in `file`, or on standard input if that is `-`. Names are parted by line ends, or by zero bytes.
pub fn read(file: &Path, is_null_separated: bool) -> Result<Vec<PathBuf>, Error> {
    let separator = if is_null_separated { 0 } else { b'\n' };
    let list: io::Result<Vec<_>> = (|| {
        let list: Box<dyn BufRead> =
            if file == "-" { Box::new(stdin().lock()) } else { Box::new(BufReader::new(File::open(file)?)) };
        list.split(separator)
            .filter_map(|name| name.and_then(|name| path(&name, is_null_separated)).transpose())
            .collect()
    })();
    list.map_err(|problem| {
        let name = printable(&file.display().to_string()).into_owned();
        input::Error::Unreadable { name, problem }.into()
    })
}

/// The path that a line names; `None` for a blank line.
fn path(name: &[u8], is_null_separated: bool) -> io::Result<Option<PathBuf>> {
    let name = if is_null_separated { name } else { name.strip_suffix(b"\r").unwrap_or(name) };
    match name.trim_ascii() {
        b"" => Ok(None),
        // In a list it is the name of a file.
        b"-" => Ok(Some("./-".into())),
        _ => Ok(Some(os_string(name)?.into())),
    }
}

#[cfg(unix)]
fn os_string(name: &[u8]) -> io::Result<OsString> {
    use std::os::unix::ffi::OsStringExt;
    Ok(OsString::from_vec(name.to_vec()))
}

#[cfg(not(unix))]
fn os_string(name: &[u8]) -> io::Result<OsString> {
    let name = std::str::from_utf8(name).map_err(io::Error::other)?;
    Ok(name.strip_prefix('\u{feff}').unwrap_or(name).into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read_list(list: &str, is_null_separated: bool) -> Vec<PathBuf> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), list).unwrap();
        read(file.path(), is_null_separated).unwrap()
    }

    #[test]
    fn each_line_is_a_name_but_blank_ones() {
        let expected: Vec<PathBuf> = ["a b.txt", "c.txt", "./-", "d.txt"].map(Into::into).into();
        assert_eq!(read_list("a b.txt\r\n\n  \nc.txt\n-\nd.txt", false), expected);
    }

    #[test]
    fn names_that_are_parted_by_zero_bytes_may_contain_line_ends() {
        let expected: Vec<PathBuf> = ["a\nb.txt", "c.txt\r"].map(Into::into).into();
        assert_eq!(read_list("a\nb.txt\0c.txt\r\0", true), expected);
    }
}
