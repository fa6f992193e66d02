//! Options that bound what is read, the same for every command that reads pages.

use clap::Args;
use liveblog::input::MAX_BYTES;

/// How pages are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading pages")]
pub struct Input {
    /// Refuse an input of more than SIZE: bytes, or with K, M or G behind the number [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_input: Option<u64>,
}

impl Input {
    /// How many bytes an input has at most.
    pub fn max_bytes(&self) -> u64 {
        self.max_input.unwrap_or(MAX_BYTES)
    }
}

/// `1500`, `500K`, `64M`, `64MB`, `2G`.
fn size(words: &str) -> Result<u64, String> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = words.split_at(digits);
    let shift = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => Some(0),
        "k" | "kb" | "kib" => Some(10),
        "m" | "mb" | "mib" => Some(20),
        "g" | "gb" | "gib" => Some(30),
        _ => None,
    };
    let bytes = shift.and_then(|shift| number.parse::<u64>().ok()?.checked_mul(1 << shift));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| "no such size; give one such as 64M, 500K or 2G".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_with_or_without_a_unit() {
        for (words, bytes) in
            [("1500", 1_500), ("500K", 500 << 10), ("64M", 64 << 20), ("64 mb", 64 << 20), ("2GiB", 2 << 30)]
        {
            assert_eq!(size(words), Ok(bytes), "{words}");
        }
        for words in ["", "M", "0", "-1", "1.5M", "64X", "99999999999G"] {
            assert!(size(words).is_err(), "{words}");
        }
    }
}
