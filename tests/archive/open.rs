//! Opening: what is no archive is reported and left as it was.

use std::fs;

use liveblog::archive::{Archive, Error};

use super::sample::{Home, blog, query};

#[test]
fn a_folder_that_is_not_there_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/folder/archive.db");
    Archive::open(&path).unwrap();
    Archive::open_existing(&path).unwrap();
}

#[test]
fn opening_before_anything_was_stored_is_an_error_and_creates_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive.db");
    let error = Archive::open_existing(&path).unwrap_err().to_string();
    assert_eq!(error, format!("{}: nothing has been kept yet", path.display()));
    assert!(!path.exists());
}

#[test]
fn another_programs_file_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive.db");
    let database = folder.path().join("other.db");
    rusqlite::Connection::open(&database).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    for bytes in [b"A text of some length, which is no database at all.".to_vec(), fs::read(&database).unwrap()] {
        fs::write(&path, &bytes).unwrap();
        let error = Archive::open(&path).unwrap_err();
        assert_eq!(error.to_string(), format!("{}: this file is not a liveblog archive", path.display()));
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn an_archive_of_a_later_version_is_refused_with_that_reason() {
    let home = Home::new();
    let path = home.folder.path().join("archive.db");
    home.sql("PRAGMA user_version = 99");
    let error = Archive::open(&path).unwrap_err();
    assert!(matches!(error, Error::Newer { version: 99, .. }), "{error}");
    assert_eq!(home.sql("PRAGMA user_version"), ["99"]);
}

#[test]
fn a_folder_is_no_archive() {
    let folder = tempfile::tempdir().unwrap();
    let error = Archive::open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("cannot open the archive: it is a folder"), "{error}");
}

#[test]
fn an_archive_that_somebody_cut_short_is_damaged_and_says_so() {
    let mut home = Home::new();
    for number in 0..40 {
        home.store_as(Some(&format!("page {number}")), "15:00", blog(&["14:05 Gate closed: It is shut."]));
    }
    let path = home.folder.path().join("archive.db");
    let Home { archive, folder } = home;
    drop(archive);
    let length = fs::metadata(&path).unwrap().len();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(length / 2).unwrap();
    let error = Archive::open(&path).and_then(|archive| archive.count(&query())).unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    drop(folder);
}

#[test]
fn many_may_open_a_new_archive_at_once() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/archive.db");
        let opened = std::thread::scope(|scope| {
            let open = || Archive::open(&path).map(drop).map_err(|error| error.to_string());
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(opened, vec![Ok(()); 8]);
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_archive_in_a_read_only_folder_is_asked_but_not_written() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    let mut home = Home::new();
    home.store("15:00", blog(&["14:05 Gate closed: It is shut."]));
    let (path, Home { archive, folder }) = (home.folder.path().join("archive.db"), home);
    drop(archive);
    let before = fs::read(&path).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
    let is_administrator = fs::File::options().append(true).open(&path).is_ok();
    if !is_administrator {
        let archive = Archive::open_existing(&path).unwrap();
        assert_eq!(archive.count(&query()).unwrap().entries, 1);
        let expected = format!("{}: the archive is read-only", path.display());
        assert_eq!(
            Archive::open(&path).and_then(|mut archive| archive.batch().map(drop)).unwrap_err().to_string(),
            expected
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    assert_eq!(fs::read(&path).unwrap(), before);
}
