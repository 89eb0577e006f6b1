//! Collects the features of one decision as hashes.

use crate::lexeme::mix;

/// Numbers the templates in the order in which they are added, so that a feature is its template and its values.
#[derive(Debug)]
pub(crate) struct Sink<'a> {
    out: &'a mut Vec<u32>,
    template: u32,
}

impl<'a> Sink<'a> {
    /// Begins with this template number; earlier features are dropped.
    pub(crate) fn new(out: &'a mut Vec<u32>) -> Self {
        out.clear();
        Self { out, template: 0x100 }
    }

    #[inline]
    pub(crate) fn one(&mut self, a: u32) {
        self.template += 1;
        self.out.push(mix(self.template, a));
    }

    #[inline]
    pub(crate) fn two(&mut self, a: u32, b: u32) {
        self.template += 1;
        self.out.push(mix(mix(self.template, a), b));
    }

    #[inline]
    pub(crate) fn three(&mut self, a: u32, b: u32, c: u32) {
        self.template += 1;
        self.out.push(mix(mix(mix(self.template, a), b), c));
    }

    #[inline]
    pub(crate) fn four(&mut self, a: u32, b: u32, c: u32, d: u32) {
        self.template += 1;
        self.out.push(mix(mix(mix(mix(self.template, a), b), c), d));
    }
}
