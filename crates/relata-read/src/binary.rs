//! Files that are no text, whatever they are called.

/// How the files of one kind begin: an offset, the bytes there, and the kind with its article.
const SIGNATURES: &[(usize, &[u8], &str)] = &[
    (0, b"\x89PNG\r\n\x1A\n", "a PNG image"),
    (0, b"\xFF\xD8\xFF", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (8, b"WEBP", "a WebP image"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word, Excel or PowerPoint document"),
    (0, b"PK\x03\x04", "a ZIP archive (or a Word, OpenDocument or EPUB document)"),
    (0, b"PK\x05\x06", "a ZIP archive"),
    (0, b"\x1F\x8B\x08", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xFD7zXZ\0", "an xz archive"),
    (0, b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (0, b"Rar!\x1A\x07", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7FELF", "a program (ELF)"),
    (0, b"MZ", "a Windows program"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"ID3", "an MP3 recording"),
    (0, b"OggS", "an Ogg recording"),
    (0, b"fLaC", "a FLAC recording"),
    (4, b"ftyp", "an MP4 video"),
    (0, b"\x1A\x45\xDF\xA3", "a Matroska or WebM video"),
    (8, b"WAVE", "a WAV recording"),
];

/// This many bytes are looked at.
const SAMPLE: usize = 1 << 16;

/// What the bytes are, when they are no text.
pub(crate) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let known = SIGNATURES
        .iter()
        .find(|(offset, signature, _)| sample.get(*offset..).is_some_and(|rest| rest.starts_with(signature)));
    if let Some(&(_, signature, kind)) = known {
        // An article may begin with "MZ" or "ID3"; the signs of pictures and archives hold bytes that no text has.
        let plain = signature.iter().all(|&byte| byte == b' ' || byte.is_ascii_alphanumeric());
        if !plain || !looks_like_text(sample) {
            return Some(kind);
        }
    }
    (!looks_like_text(sample)).then_some("a binary file")
}

fn looks_like_text(sample: &[u8]) -> bool {
    if crate::decode::is_utf16(sample).is_some() {
        return true;
    }
    let control = |&&byte: &&u8| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let controls = sample.iter().filter(control).count();
    // A text that is sound but for some control characters is mended; without UTF-8 to vouch for it, fewer are borne.
    let cut = sample.len().saturating_sub(3);
    let is_utf8 = match std::str::from_utf8(sample) {
        Ok(_) => true,
        Err(error) => sample.len() == SAMPLE && error.valid_up_to() >= cut,
    };
    let borne = if is_utf8 { sample.len() * 3 / 10 } else { sample.len() / 50 };
    controls <= borne.max(2)
}
