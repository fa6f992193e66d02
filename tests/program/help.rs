//! `liveblog schema`, `liveblog completions`, `liveblog man`

use crate::session::{Home, misused, printed};

#[test]
fn the_schema_is_printed() {
    assert_eq!(Home::new().run("schema"), printed(liveblog::model::SCHEMA));
}

#[test]
fn the_metadata_for_datasette_names_the_archive() {
    let ended = Home::new().run("schema --datasette --archive my-pages.db");
    assert_eq!((ended.code, ended.said.as_str()), (0, ""));
    let metadata: serde_json::Value = serde_json::from_str(&ended.printed).unwrap();
    let tables = &metadata["databases"]["my-pages"]["tables"];
    assert_eq!(tables["entries"]["fts_table"], "entry_fts");
    assert_eq!(tables["changes"]["sort_desc"], "captured");
}

#[test]
fn every_shell_gets_completions_for_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ended = Home::new().run(&format!("completions {shell}"));
        assert_eq!((ended.code, ended.said.as_str()), (0, ""));
        for word in ["liveblog", "timeline", "image-source"] {
            assert!(ended.printed.contains(word), "{word} for {shell}");
        }
    }
    assert_eq!(Home::new().run("completions tcsh").code, 2);
}

#[test]
fn the_manual_has_a_page_per_command() {
    let home = Home::new();
    assert!(home.run("man").printed.contains(".TH liveblog 1"));
    let page = home.run("man parse").printed;
    assert!(page.contains(".TH liveblog-parse 1") && page.contains("Where they were published"), "{page}");
    assert_eq!(home.run("man -o man1"), printed(""));
    assert_eq!(home.read("man1/liveblog-parse.1"), page);
    for command in ["liveblog", "liveblog-filter", "liveblog-timeline", "liveblog-schema", "liveblog-man"] {
        assert!(home.files_in("man1").contains(&format!("{command}.1")), "{command}");
    }
    let ended = home.run("man fly");
    assert!(ended.code == 2 && ended.said.starts_with("error: \"fly\" is no command; known are parse, "), "{ended:?}");
    assert_eq!(
        home.run("man parse -o man1"),
        misused(
            "error: the argument '[COMMAND]' cannot be used with '--output <DIR>'\n\n\
         Usage: liveblog man <COMMAND>\n\nFor more information, try '--help'.\n"
        )
    );
}
