//! Short codes: slugs, languages and currencies.

use domain::money::Currency;

use super::text_scalar;

text_scalar! {
    /// The readable name of a role, category or skill in addresses: lower-case letters and digits
    /// in words joined by single hyphens, 1 to 96 characters.
    Slug(domain::Slug), read by domain::Slug::parse
}

text_scalar! {
    /// A language as a BCP 47 tag of language, script, region and variants, such as `en`, `pt-BR`
    /// or `zh-Hant-TW`. Input is accepted in any letter case.
    Locale(domain::Locale),
    specified by "https://www.rfc-editor.org/rfc/rfc5646",
    read by domain::Locale::parse
}

text_scalar! {
    /// A currency as an ISO 4217 code of three capital letters, such as `USD`.
    CurrencyCode(Currency),
    specified by "https://www.iso.org/iso-4217-currency-codes.html",
    read by Currency::parse
}
