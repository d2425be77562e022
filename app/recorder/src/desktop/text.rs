use std::borrow::Cow;

const ESCAPE: u8 = 0x1b;

/// Old text is Latin-1 by the standard, and UTF-8 in fact.
pub(super) fn latin1(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The X Consortium's "Compound Text Encoding": Latin-1, with escapes into other character sets. Read are Latin-1 and UTF-8;
/// characters of other sets become one replacement character a stretch.
pub(super) fn compound(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (index, part) in bytes.split(|byte| *byte == ESCAPE).enumerate() {
        let end = part.iter().position(|byte| (0x30..=0x7e).contains(byte)).map_or(part.len(), |last| last + 1);
        let (set, contents) = if index == 0 { (&b"(B"[..], part) } else { part.split_at(end) };
        match set {
            b"%G" => text.push_str(&String::from_utf8_lossy(contents)),
            b"(B" | b"-A" | b"%@" => text.extend(contents.iter().map(|byte| char::from(*byte))),
            _ if contents.is_empty() => {}
            _ => text.push(char::REPLACEMENT_CHARACTER),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{compound, latin1};

    #[test]
    fn latin_letters_need_no_escape() {
        assert_eq!(compound(b"M\xfcller"), "Müller");
        assert_eq!(latin1(b"M\xfcller"), "Müller");
        assert_eq!(latin1("Müller".as_bytes()), "Müller");
    }

    #[test]
    fn escapes_into_utf_8_and_other_sets_are_followed() {
        assert_eq!(compound(b"a \x1b%G\xe2\x80\x93\x1b%@ b"), "a – b");
        assert_eq!(compound(b"a \x1b$(BF|K\\\x1b(B b"), "a \u{fffd} b");
        assert_eq!(compound(b"\x1b-A\xfc"), "ü");
    }

    #[test]
    fn nonsense_does_not_panic() {
        for bytes in [&b"\x1b"[..], b"\x1b\x1b", b"\x1b%", b"\x1b%G", b"\x1b%G\xff", b""] {
            compound(bytes);
        }
    }
}
