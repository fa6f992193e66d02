//! The files of an archive: its own, and those that SQLite writes beside it while it is open.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use file_id::get_file_id;

/// What SQLite adds to the name of a database for the files that it keeps beside it.
const SIDE_FILES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// More links than this in a row are taken for a loop.
const MAX_LINKS: usize = 40;

/// Whether `file` is the archive at `archive`, or one of the files that SQLite keeps beside it, under whatever name and
/// through whatever links. Neither has to exist: a file that SQLite is going to make is one of them as well.
///
/// ```
/// use liveblog::archive::is_file_of;
///
/// assert!(is_file_of("archive.db".as_ref(), "./archive.db-wal".as_ref()));
/// assert!(!is_file_of("archive.db".as_ref(), "copy.db".as_ref()));
/// ```
pub fn is_file_of(archive: &Path, file: &Path) -> bool {
    let (place, id) = (follow_links(file), get_file_id(file).ok());
    files(archive).into_iter().any(|own| own == place || id.is_some() && get_file_id(own).ok() == id)
}

/// The archive's file, then those beside it. SQLite keeps them beside the file itself, not beside a link to it.
fn files(archive: &Path) -> Vec<PathBuf> {
    let archive = follow_links(archive);
    let beside = SIDE_FILES.map(|end| with_end(&archive, end));
    std::iter::once(archive).chain(beside).collect()
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(end);
    path.into()
}

/// Whether something was written beside the archive that is not yet in it.
pub(super) fn has_log(archive: &Path) -> bool {
    let log = with_end(&follow_links(archive), SIDE_FILES[0]);
    fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// Follows all links of a path, also if there is no file yet.
fn follow_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        path = folder(&path).join(target);
    }
    let whole = || Some(folder(&path).canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(whole).unwrap_or(path)
}

/// The folder that a path is in, by a name that is never empty.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path in a form that SQLite always takes for a path: `:memory:` and `file:x` are files of these names.
pub(super) fn plain_path(path: &Path) -> PathBuf {
    Path::new(".").join(path)
}

/// The address by which SQLite opens a file that does not change, without writing anything beside it.
pub(super) fn immutable_address(path: &Path) -> io::Result<String> {
    let address = url::Url::from_file_path(std::path::absolute(path)?);
    let address = address.map_err(|()| io::Error::other("this path has no address"))?;
    Ok(format!("{address}?immutable=1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_and_what_is_beside_it_are_its_files_before_they_exist() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("archive.db");
        for end in ["", "-wal", "-shm", "-journal"] {
            let file =
                folder.path().join(format!("../{}/archive.db{end}", folder.path().file_name().unwrap().display()));
            assert!(is_file_of(&archive, &file), "{end:?}");
        }
        assert!(!is_file_of(&archive, &folder.path().join("archive.db-copy")));
    }

    #[cfg(unix)]
    #[test]
    fn links_of_both_kinds_lead_to_the_archive() {
        let folder = tempfile::tempdir().unwrap();
        let [archive, soft, hard, dangling, log] =
            ["archive.db", "soft.db", "hard.db", "dangling.db", "soft.db-wal"].map(|name| folder.path().join(name));
        std::os::unix::fs::symlink("archive.db", &soft).unwrap();
        std::os::unix::fs::symlink("later.db", &dangling).unwrap();
        assert!(is_file_of(&archive, &soft), "the link is there before the archive");
        fs::write(&archive, "").unwrap();
        fs::hard_link(&archive, &hard).unwrap();
        assert!(is_file_of(&archive, &soft) && is_file_of(&archive, &hard) && is_file_of(&soft, &archive));
        assert!(is_file_of(&soft, &folder.path().join("archive.db-wal")) && !is_file_of(&soft, &log));
        assert!(is_file_of(&dangling, &folder.path().join("later.db")));
    }

    #[test]
    fn an_address_is_encoded() {
        let address = immutable_address(Path::new("/a folder/100%?immutable=0#b.db"));
        if cfg!(unix) {
            assert_eq!(address.unwrap(), "file:///a%20folder/100%25%3Fimmutable=0%23b.db?immutable=1");
        }
    }
}
