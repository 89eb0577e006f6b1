use super::{notes, read, try_read};

const FRENCH: &str = "L’été dernier, le président français a déclaré à l'Élysée : « Nous sommes prêts. » Où était-il ?";
const RUSSIAN: &str =
    "Президент России Владимир Путин поручил правительству и Сбербанку развивать сотрудничество с Китаем.";

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn a_byte_order_mark_is_left_out() {
    let reading = read(format!("\u{FEFF}{FRENCH}"));
    assert_eq!(reading.document.text, FRENCH);
    assert!(reading.notes.is_empty());
}

#[test]
fn utf16_is_read_with_a_mark() {
    for text in [FRENCH, RUSSIAN] {
        for (mark, little) in [(&b"\xFF\xFE"[..], true), (&b"\xFE\xFF"[..], false)] {
            let reading = read([mark, &utf16(text, little)].concat());
            assert_eq!(reading.document.text, text);
            assert!(reading.notes.is_empty());
        }
    }
}

#[test]
fn utf16_is_read_without_a_mark() {
    for text in [FRENCH, RUSSIAN] {
        for (name, little) in [("UTF-16LE", true), ("UTF-16BE", false)] {
            let reading = read(utf16(text, little));
            assert_eq!(reading.document.text, text);
            assert_eq!(notes(&reading), [format!("is not in UTF-8; read as {name}")]);
        }
    }
}

#[test]
fn eight_bit_encodings_are_guessed_and_told() {
    for (encoding, text) in
        [(encoding_rs::WINDOWS_1252, FRENCH), (encoding_rs::WINDOWS_1251, RUSSIAN), (encoding_rs::KOI8_R, RUSSIAN)]
    {
        let reading = read(encoding.encode(text).0);
        assert_eq!(reading.document.text, text);
        let told = notes(&reading);
        let name = encoding.name().trim_end_matches(['R', 'U']);
        assert!(told.len() == 1 && told[0].starts_with(&format!("is not in UTF-8; read as {name}")), "{told:?}");
    }
}

#[test]
fn a_spoilt_byte_does_not_spoil_the_file() {
    let mut bytes = RUSSIAN.as_bytes().to_vec();
    bytes[4] = 0xFF;
    let reading = read(&bytes);
    assert!(reading.document.text.contains("Владимир Путин"));
    assert_eq!(notes(&reading), ["is damaged: 2 places are no UTF-8; each was read as \u{FFFD}"]);
}

#[test]
fn control_characters_are_left_out_before_offsets_count() {
    let reading = read("\0\u{FEFF}Pou\0tine\u{8}\tet\r\nXi\u{9F}\u{7F}.\u{1B}\u{85}");
    assert_eq!(reading.document.text, "Poutine\tet\r\nXi.");
    assert_eq!(notes(&reading), ["has 7 control characters; they were left out"]);
}

#[test]
fn no_break_spaces_and_marks_stay() {
    let text = "15\u{A0}000\u{202F}! e\u{301} \u{200B}\u{FEFF}fin";
    assert_eq!(read(text).document.text, text);
}

#[test]
fn what_is_no_text_is_refused_by_its_kind() {
    let random: Vec<u8> = (0..2_000_u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
    for (bytes, kind) in [
        (&b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"[..], "a PNG image"),
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"PK\x03\x04\x14\0\x06\0", "a ZIP archive (or a Word, OpenDocument or EPUB document)"),
        (b"\x1F\x8B\x08\0\0\0", "a gzip archive"),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "a JPEG image"),
        (&random, "a binary file"),
    ] {
        let fault = try_read(bytes).unwrap_err().to_string();
        assert_eq!(
            fault,
            format!("a.txt: is {kind}, not a text; convert it to plain text, or remove it from the folder")
        );
    }
}

#[test]
fn words_that_look_like_a_signature_are_text() {
    for text in ["MZ est un sigle.", "ID3 n'est pas ici.", "%PDF est un format.", "BZ", "Rar! dit-il."] {
        assert_eq!(read(text).document.text, text);
    }
}

#[test]
fn an_empty_file_is_refused() {
    for bytes in [&b""[..], b" \n\t\r\n", "\u{FEFF}\u{A0}".as_bytes(), b"\0", b"\xFF\xFE"] {
        assert_eq!(try_read(bytes).unwrap_err().to_string(), "a.txt: is empty; remove it, or fill it", "{bytes:?}");
    }
}
