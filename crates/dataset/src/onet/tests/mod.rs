//! Tests of releases: one of our own with every quirk, and the public one when it is there.

mod damage;
mod folder;
mod order;
mod quirk;
mod real;
mod refuse;
