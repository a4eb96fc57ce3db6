//! Tests of releases: one of our own with every quirk, and the public sample when it is there.

mod quirk;
mod real;
