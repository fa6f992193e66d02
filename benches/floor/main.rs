//! The floor: how fast the generator's pages of text can be parsed to JSON Lines at all. It knows nothing but those pages:
//!
//! ```text
//! cargo run --release --example floor -- DIR > rows.jsonl
//! ```
//!
//! It puts out the bytes of `liveblog parse DIR --no-save --jsonl`, which `tests/generated.rs` holds it to, on all cores and in
//! order, and does only what nobody can leave out: it reads the files, checks that they are UTF-8, splits lines, finds
//! stamps, and writes rows by hand from borrowed parts. `benches/compare` sets the program against it.

#![allow(clippy::unwrap_used, reason = "a tool of ours may end with a panic")]

mod rows;

use std::io::{Read, Write, stdout};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::{env, fs, process, thread};

/// How many pages a thread takes at a time.
const CHUNK: usize = 16;

fn main() {
    let folder = env::args_os().nth(1).unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort_unstable();
    print(&files);
}

fn print(files: &[PathBuf]) {
    let (next, turn, turned) = (AtomicUsize::new(0), Mutex::new(0), Condvar::new());
    let work = || {
        let (mut bytes, mut rows) = (Vec::new(), Vec::new());
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            let Some(files) = files.chunks(CHUNK).nth(chunk) else { return };
            rows.clear();
            files.iter().for_each(|file| write_rows(file, &mut bytes, &mut rows));
            let mut turn = turned.wait_while(turn.lock().unwrap(), |turn| *turn != chunk).unwrap();
            if stdout().write_all(&rows).is_err() {
                process::exit(1); // Whoever reads it has gone; the other threads wait for their turn.
            }
            *turn += 1;
            turned.notify_all();
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().unwrap().get() {
            scope.spawn(work);
        }
    });
}

fn write_rows(file: &Path, bytes: &mut Vec<u8>, rows: &mut Vec<u8>) {
    bytes.clear();
    fs::File::open(file).unwrap().read_to_end(bytes).unwrap();
    rows::write(file.to_str().unwrap(), std::str::from_utf8(bytes).unwrap(), rows);
}
