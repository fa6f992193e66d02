//! Pages of the generator: the same bytes each time, and on those of text the floor program does what the program does.

#![allow(clippy::unwrap_used)] // a failed unwrap is a failed test

#[path = "../benches/floor/rows.rs"]
mod floor;
mod generator;

use std::fs;
use std::process::Command;

use generator::{Dress, ENTRIES, Generator, Marks, SEED, Written};
use sha2::{Digest, Sha256};

/// What is measured stays the same from version to version, and from machine to machine. Who changes the generator on
/// purpose writes the new digest here, and the instruction counts anew: `benches/count --write`.
#[test]
fn the_same_seed_makes_the_same_bytes() {
    let generator = Generator::new(SEED);
    let mut digest = Sha256::new();
    for number in [0, 1, 19_999] {
        let page = generator.page(number, ENTRIES);
        for written in Written::ALL {
            let met = Dress::ALL.into_iter().filter(|dress| dress.suits(written));
            met.for_each(|dress| digest.update(page.bytes(written, dress)));
        }
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, "7ce3ab629d1617470b7c659e998a485ab033fac4988c748e1c229e5883a52c34");
}

#[test]
fn the_floor_program_puts_out_the_bytes_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let generator = Generator::new(SEED);
    let mut rows = Vec::new();
    // Pages over a year, so that some run over midnight, the end of a month and the change of clocks.
    for number in 0..300 {
        let file = folder.path().join(format!("page-{number:06}.txt"));
        let text = generator.page(5 * number, ENTRIES).text(Written::Bbc(Marks::Numbers));
        fs::write(&file, &text).unwrap();
        floor::write(file.to_str().unwrap(), &text, &mut rows);
    }
    let mut program = Command::new(env!("CARGO_BIN_EXE_liveblog"));
    let output = program.args(["parse", "--no-save", "--jsonl"]).arg(folder.path()).output().unwrap();
    let (expected, rows) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(rows).unwrap());
    assert_eq!(expected.lines().count(), 300 * ENTRIES);
    for (row, expected) in rows.lines().zip(expected.lines()) {
        assert_eq!(row, expected);
    }
    assert_eq!(rows, expected);
}
