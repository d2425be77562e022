use crate::diagnostic::Span;

/// Converts places of one text between bytes and the UTF-16 units that a browser counts.
#[derive(Debug)]
pub struct Utf16<'t> {
    text: &'t str,
}

impl<'t> Utf16<'t> {
    pub fn new(text: &'t str) -> Self {
        Utf16 { text }
    }

    /// UTF-16 units before this byte. Inside of a character: before it.
    pub fn of_byte(&self, byte: usize) -> usize {
        self.text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, character)| character.len_utf16()).sum()
    }

    /// Bytes before this many UTF-16 units; the text's length where it has fewer.
    pub fn byte_of(&self, units: usize) -> usize {
        let mut before = 0;
        for (at, character) in self.text.char_indices() {
            if before >= units {
                return at;
            }
            before += character.len_utf16();
        }
        self.text.len()
    }

    /// The same stretch, its start and end in UTF-16 units.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.of_byte(span.start as usize), self.of_byte(span.end as usize))
    }
}
