//! Skills: the dictionary, and finding its names in texts.

mod dictionary;
mod enrich;
mod word;

pub use dictionary::{Dictionary, InvalidDictionary};
pub use enrich::enrich;

#[cfg(test)]
mod tests;
