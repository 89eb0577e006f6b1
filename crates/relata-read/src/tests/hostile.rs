use relata_model::Document;

use super::try_read;

fn assert_sound(document: &Document) {
    let text = &document.text;
    assert!(!text.starts_with('\u{FEFF}') && !text.contains('\0'));
    let mut last = 0;
    for span in &document.prose {
        assert!(span.start() >= last && span.end() <= text.len() && !span.is_empty(), "{text:?}: {:?}", document.prose);
        assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()), "{text:?}");
        last = span.end();
    }
    last = 0;
    for span in &document.opaque {
        assert!(span.start() >= last && !span.is_empty(), "{text:?}: {:?}", document.opaque);
        assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()), "{text:?}");
        assert!(document.prose.iter().any(|prose| prose.contains(*span)), "{text:?}: inside the prose");
        last = span.end();
    }
}

/// A fixed sequence, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

#[test]
fn arbitrary_bytes_never_panic() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for round in 0..1_500 {
        let length = dice.roll(200);
        // All bytes, mostly letters, and bytes of Cyrillic in turn.
        let bytes: Vec<u8> = (0..length)
            .map(|_| match round % 3 {
                0 => u8::try_from(dice.roll(256)).unwrap(),
                1 => b"aeiou rst\n.-:/@<`[]()\"'\xC3\xA9\xD0\x9F\x00"[dice.roll(28)],
                _ => [0xD0, 0xD1, 0x80, 0xBF, 0x20, 0x2E][dice.roll(6)],
            })
            .collect();
        if let Ok(reading) = try_read(&bytes) {
            assert_sound(&reading.document);
        }
    }
}

#[test]
fn arbitrary_pieces_give_sound_spans() {
    const PIECES: [&str; 52] = [
        "---",
        "---\n",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\u{A0}",
        "\u{202F}",
        "title: ",
        "title: \"",
        "date: ",
        "lang: ",
        "\"",
        "'",
        "é",
        "П",
        "👉",
        "\u{FEFF}",
        "https://",
        "www.",
        "x.ru",
        "a@b.fr",
        "](",
        "[",
        ")",
        "(",
        "<a",
        ">",
        "</a>",
        "`",
        "```",
        "~~~\n",
        "#",
        "|",
        "-",
        "a-b-c-d-e-f-g-h-i-j",
        "/a/b",
        "2025-01-31",
        "13 mars 2024",
        "Publié le ",
        "MOSCOU, ",
        "(AFP)",
        "–",
        "{",
        "[",
        ":",
        ": >-\n  ",
        "&x",
        "*x",
        "!!t",
        "\t",
        "M.",
    ];
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..dice.roll(24) {
            text.push_str(PIECES[dice.roll(PIECES.len())]);
        }
        if let Ok(reading) = try_read(text.as_bytes()) {
            assert_sound(&reading.document);
        }
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    for pattern in [
        "<a",
        "`",
        "``` ",
        "](",
        "[x](y",
        "www.a)",
        ")",
        "a@",
        "a.",
        "a-",
        "://",
        "---\n",
        "title: [",
        "- ",
        "\"",
        "13 mars 2024 | ",
        "Publié le ",
        "MOSCOU, ",
        "\u{FEFF}",
        "é",
        "\0a",
        "{",
        "x: &a [*a]\n",
    ] {
        for start in ["", "---\n", "www.", "---\ntitle: "] {
            let text = start.to_owned() + &pattern.repeat(100_000 / pattern.len());

            if let Ok(reading) = try_read(text.as_bytes()) {
                assert!(reading.document.opaque.is_sorted());
            }
        }
    }
}

#[test]
fn deep_yaml_is_no_danger() {
    for text in
        [format!("---\na: {}\n---\nTexte", "[".repeat(30_000)), format!("---\n{}\n---\nTexte", "- ".repeat(30_000))]
    {
        if let Ok(reading) = try_read(text.as_bytes()) {
            assert_sound(&reading.document);
        }
    }
}
