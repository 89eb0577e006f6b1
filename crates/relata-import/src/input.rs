//! Bytes of a source: decompressed, decoded, and cut into lines of bounded length.

use std::io::{self, BufRead, BufReader, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::Format;

/// Longer lines are no records: the longest items of Wikidata take a few megabytes.
pub(crate) const LONGEST_LINE: u64 = 32 << 20;
/// How much of a table is looked at to tell its encoding.
const LOOK: usize = 256 << 10;

/// A source, and its encoding where that was guessed.
type Opened<'r> = (Box<dyn BufRead + 'r>, Option<&'static str>);

/// Opens a source, compressed or not. Tables and lines come out as UTF-8 where the source says or shows what it is in.
pub(crate) fn open<'r>(
    source: impl Read + 'r,
    format: Format,
    encoding: Option<&'static Encoding>,
) -> io::Result<Opened<'r>> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let start = source.fill_buf()?;
    let plain: Box<dyn Read + 'r> = if start.starts_with(&[0x1F, 0x8B]) {
        Box::new(flate2::bufread::MultiGzDecoder::new(source))
    } else if start.starts_with(b"BZh") {
        Box::new(bzip2::bufread::MultiBzDecoder::new(source))
    } else {
        Box::new(source)
    };
    let mut plain = BufReader::with_capacity(LOOK, plain);
    let start = fill(&mut plain)?;
    let by_mark = Encoding::for_bom(start).map(|(encoding, _)| encoding);
    let by_look = || {
        // The last character may be cut.
        let broken = std::str::from_utf8(start).is_err_and(|error| error.error_len().is_some());
        (format == Format::Csv && broken).then(|| {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(start, true);
            detector.guess(None, Utf8Detection::Deny)
        })
    };
    let told = by_mark.or(encoding);
    let guessed = if told.is_none() { by_look() } else { None };
    let encoding = told.or(guessed).unwrap_or(UTF_8);
    if encoding == UTF_8 {
        if start.starts_with(b"\xEF\xBB\xBF") {
            plain.consume(3);
        }
        return Ok((Box::new(plain), None));
    }
    let marked = (encoding == UTF_16LE || encoding == UTF_16BE) && by_mark.is_some();
    let decoder =
        if marked { encoding.new_decoder_with_bom_removal() } else { encoding.new_decoder_without_bom_handling() };
    let text = BufReader::new(Decoding { source: Box::new(plain), decoder, ended: false });
    Ok((Box::new(text), guessed.map(Encoding::name)))
}

/// What went wrong with a source, and the way out where there is one.
pub(crate) fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => format!("the compressed file ends too early: get it again ({error})"),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("the compressed file is damaged: get it again ({error})")
        }
        _ => error.to_string(),
    }
}

/// What a reader has at once; an error of a source that ends too early comes when it is reached.
fn fill<R: BufRead>(source: &mut R) -> io::Result<&[u8]> {
    match source.fill_buf() {
        Ok(_) => source.fill_buf(),
        Err(error) => Err(error),
    }
}

/// Text of some encoding as UTF-8.
struct Decoding<'r> {
    source: Box<dyn BufRead + 'r>,
    decoder: Decoder,
    ended: bool,
}

impl Read for Decoding<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let input = self.source.fill_buf()?;
            let last = input.is_empty();
            if last && self.ended {
                return Ok(0);
            }
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, out, last);
            self.source.consume(read);
            self.ended |= last && result == CoderResult::InputEmpty;
            if written > 0 || self.ended {
                return Ok(written);
            }
        }
    }
}

/// A line as it came.
pub(crate) enum Line<'l> {
    /// Text without its end.
    Text(&'l str),
    /// Not UTF-8.
    NotText,
    /// Too long to be held.
    TooLong,
}

/// Reads the next line into `buffer`; `None` at the end.
pub(crate) fn line<'l>(source: &mut dyn BufRead, buffer: &'l mut Vec<u8>) -> io::Result<Option<Line<'l>>> {
    buffer.clear();
    if source.take(LONGEST_LINE).read_until(b'\n', buffer)? == 0 {
        return Ok(None);
    }
    if buffer.len() as u64 == LONGEST_LINE && buffer.last() != Some(&b'\n') {
        loop {
            let chunk = source.fill_buf()?;
            let end = chunk.iter().position(|&byte| byte == b'\n');
            let length = end.map_or(chunk.len(), |end| end + 1);
            let over = end.is_some() || chunk.is_empty();
            source.consume(length);
            if over {
                return Ok(Some(Line::TooLong));
            }
        }
    }
    let text = buffer.strip_suffix(b"\n").unwrap_or(buffer);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    Ok(Some(std::str::from_utf8(text).map_or(Line::NotText, Line::Text)))
}
