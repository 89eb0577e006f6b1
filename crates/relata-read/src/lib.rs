//! Bytes to documents: encodings, front matter, dates, language.
