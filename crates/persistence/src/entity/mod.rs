//! Tables as SeaORM entities; private to this crate.
