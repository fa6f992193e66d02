//! The languages of the BBC World Service, of whose pages of 2014 to 2024 only the words around the entries are needed:
//! those pages have no times, and all else that is not translated on them is English.

use super::{ENGLISH, Language, WordList};

/// The languages whose words are known; a page has the heading of one of them.
pub static WORLD_SERVICE: &[&Language] = &[&HINDI, &RUSSIAN, &PORTUGUESE, &TURKISH];

/// Any other.
pub static OTHER_SERVICE: Language = Language { role_openings: BBC, ..ENGLISH };

static HINDI: Language = Language {
    list_heading: "लाइव रिपोर्टिंग",
    breaking: "ब्रेकिंग न्यूज़",
    read_more: "और पढ़ें",
    and: "और",
    credits: WordList::new(&["रिपोर्टर- ", "रिपोर्टर: "]),
    role_words: WordList::new(&["संवाददाता", "पत्रकार", "संपादक"]),
    ..OTHER_SERVICE
};

static RUSSIAN: Language = Language {
    list_heading: "Хроника",
    breaking: "Срочная новость",
    read_more: "Прочесть по теме",
    and: "и",
    ..OTHER_SERVICE
};

static PORTUGUESE: Language =
    Language { list_heading: "Ao Vivo", breaking: "Última hora", summary: "Pontos-chave", and: "e", ..OTHER_SERVICE };

static TURKISH: Language =
    Language { list_heading: "Canlı anlatım", breaking: "Son Dakika", and: "ve", ..OTHER_SERVICE };

/// What roles begin with: the BBC as the services spell it, and what their pages have in English.
const BBC: &[&str] = &[
    "BBC ",
    "Би-би-си",
    "Бі-бі-сі",
    "बीबीसी",
    "বিবিসি",
    "બીબીસી",
    "ਬੀਬੀਸੀ",
    "பிபிசி",
    "బీబీసీ",
    "බීබීසී",
    "ဘီဘီစီ",
    "บีบีซี",
    "بی بی سی",
    "بي بي سي",
    "Reporting from ",
];
