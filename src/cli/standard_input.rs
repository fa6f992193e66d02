//! Whether bytes wait on standard input, which a command that asks the archive does not read.

/// Whether there are bytes on standard input now: in a file, or in a pipe that somebody has written to. Never waits.
#[cfg(unix)]
pub fn has_bytes() -> bool {
    use std::fs::File;
    use std::io::{Seek, stdin};
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let input = stdin();
    let Ok(mut file) = input.as_fd().try_clone_to_owned().map(File::from) else { return false };
    let Ok(metadata) = file.metadata() else { return false };
    if metadata.is_file() {
        return file.stream_position().is_ok_and(|position| position < metadata.len());
    }
    if !metadata.file_type().is_fifo() {
        return false;
    }
    let mut pipe = [PollFd::new(&file, PollFlags::IN)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut pipe, Some(&now)).is_ok() && pipe[0].revents().contains(PollFlags::IN)
}

/// Whether there are bytes on standard input, where that is a file. Never waits.
#[cfg(windows)]
pub fn has_bytes() -> bool {
    use std::fs::File;
    use std::io::{Seek, stdin};
    use std::os::windows::io::AsHandle;

    let Ok(mut file) = stdin().as_handle().try_clone_to_owned().map(File::from) else { return false };
    let Ok(metadata) = file.metadata() else { return false };
    metadata.is_file() && file.stream_position().is_ok_and(|position| position < metadata.len())
}

/// Elsewhere nobody knows.
#[cfg(not(any(unix, windows)))]
pub fn has_bytes() -> bool {
    false
}
