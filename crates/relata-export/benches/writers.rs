//! How fast the writers are.
fn main() {}
