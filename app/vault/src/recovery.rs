use bip39::{Language, Mnemonic};
use zeroize::Zeroizing;

use crate::Randomness;
use crate::secret::Secret;

/// The way back when every password and device is gone: 256 bits, on paper as 24 words of the BIP39 list.
pub struct RecoveryKey(pub(crate) Secret);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryWordsError {
    #[error("The recovery key has 24 words, and these are {0}. Type all of them, in their order.")]
    WordCount(usize),
    #[error("Word {0} is not in the list of recovery words. Compare it with your paper.")]
    UnknownWord(usize),
    #[error(
        "These 24 words do not belong together: one of them is wrong or two are exchanged. Compare them with your paper."
    )]
    Checksum,
}

impl RecoveryKey {
    pub fn generate(randomness: &mut dyn Randomness) -> Self {
        RecoveryKey(Secret::random(randomness))
    }

    /// The 24 words with a space between them, to be shown once and written down.
    pub fn words(&self) -> Zeroizing<String> {
        Zeroizing::new(self.mnemonic().to_string())
    }

    /// Whether `typed` is the word at `place` (1 to 24): set-up ends when two were typed back.
    pub fn has_word(&self, place: usize, typed: &str) -> bool {
        let typed = Zeroizing::new(typed.trim().to_lowercase());
        place.checked_sub(1).and_then(|index| self.mnemonic().words().nth(index)) == Some(typed.as_str())
    }

    /// Reads the words as a person types them: any case, any space between.
    pub fn from_words(text: &str) -> Result<Self, RecoveryWordsError> {
        let text = Zeroizing::new(text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
        let count = text.split(' ').filter(|word| !word.is_empty()).count();
        if count != 24 {
            return Err(RecoveryWordsError::WordCount(count));
        }
        let mnemonic = Mnemonic::parse_in_normalized(Language::English, &text).map_err(|error| match error {
            bip39::Error::UnknownWord(index) => RecoveryWordsError::UnknownWord(index + 1),
            _ => RecoveryWordsError::Checksum,
        })?;
        let entropy = Zeroizing::new(mnemonic.to_entropy());
        Secret::copy_of(&entropy).map(RecoveryKey).ok_or(RecoveryWordsError::Checksum)
    }

    fn mnemonic(&self) -> Zeroizing<Mnemonic> {
        Zeroizing::new(Mnemonic::from_entropy(self.0.bytes()).expect("32 bytes make 24 words"))
    }
}
