//! WACZ: a ZIP archive with the files of a crawl in its folder `archive/`.

use std::io::{self, BufReader, Cursor, Read};
use std::vec;

use flate2::bufread::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::members::{Compression, Members};
use super::stream::Stream;
use super::warc::Warc;
use crate::input::documents::Input;
use crate::input::{Document, Error, OpenOptions, printable};

/// How many bytes of a file show how it is compressed.
const BEGINNING: u64 = 1024;

/// The records of all files of a crawl, one file after another.
pub struct Wacz {
    input: Input,
    files: vec::IntoIter<PackedFile>,
    current: Option<Warc>,
    options: OpenOptions,
}

/// A file in the archive.
pub struct PackedFile {
    name: String,
    /// Where its bytes begin.
    start: u64,
    /// How many there are.
    length: u64,
    /// Whether they are compressed once more.
    is_deflated: bool,
}

impl Wacz {
    pub fn new(input: Input, files: Vec<PackedFile>, options: &OpenOptions) -> Self {
        Self { input, files: files.into_iter(), current: None, options: options.clone() }
    }

    fn warc(&self, file: &PackedFile) -> io::Result<Warc> {
        let bytes = self.input.read_at(file.start)?.take(file.length);
        let mut bytes: Box<dyn Read + Send> = match file.is_deflated {
            true => Box::new(DeflateDecoder::new(BufReader::new(bytes))),
            false => Box::new(bytes),
        };
        let mut beginning = Vec::new();
        bytes.by_ref().take(BEGINNING).read_to_end(&mut beginning)?;
        let compression = Compression::detect(&beginning);
        let bytes = Cursor::new(beginning).chain(bytes);
        let stream = Stream::new(Members::new(bytes, compression, b"WARC/", &self.options));
        Ok(Warc::new(format!("{}/{}", self.input.name, file.name), self.input.modified, stream, &self.options))
    }
}

/// The files of a crawl in an archive, if there are any.
pub fn files(input: &Input) -> Option<Vec<PackedFile>> {
    let mut archive = ZipArchive::new(BufReader::new(input.file()?)).ok()?;
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).ok()?;
        let Ok(name) = file.name() else { continue };
        let is_deflated = match file.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => continue,
        };
        if file.is_file() && !file.encrypted() && name.starts_with("archive/") && name.contains(".warc") {
            files.push(PackedFile {
                name: name.into_owned(),
                start: file.data_start()?,
                length: file.compressed_size(),
                is_deflated,
            });
        }
    }
    (!files.is_empty()).then_some(files)
}

impl Iterator for Wacz {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(document) = self.current.as_mut().and_then(Iterator::next) {
                return Some(document);
            }
            let file = self.files.next()?;
            match self.warc(&file) {
                Ok(warc) => self.current = Some(warc),
                Err(problem) => {
                    let name = printable(&format!("{}/{}", self.input.name, file.name)).into_owned();
                    return Some(Err(Error::Unreadable { name, problem }));
                }
            }
        }
    }
}
