//! Which entity each name means.
//!
//! A name that only one entity has is that entity, unless the gazetteer says that the name alone proves nothing. A capital
//! or seat is its state, unless the words around it say where something is (`metonym`). Any other choice is by score
//! (`score`): full name in the document, entities and words near it, the kind of word before it. Where no candidate is
//! clearly ahead the mention is left out and listed, never guessed. Then come words that no gazetteer lists: surnames of
//! people named in full, acronyms that the text introduces, first names before a shared surname (`derived`), and
//! descriptions ("le président chinois", `describe`).

mod derived;
mod describe;
mod judged;
mod metonym;
mod score;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use relata_gazetteer::Gazetteer;
use relata_model::{
    Candidate, Document, EntityId, LinkedMention, Mention, MentionForm, NameKind, Schema, Sentence, Span, WhyLinked,
};

use crate::relate::Lexicon;
use score::Scorer;

pub use describe::{Descriptions, HeldPost, Holders};
pub use words::LinkingWords;

/// What a document's mentions mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// In the order of the text.
    pub mentions: Vec<LinkedMention>,
    /// Names for which no entity was clearly ahead.
    pub unlinked: Vec<Mention>,
    /// Descriptions that say who holds a post.
    pub held: Vec<HeldPost>,
}

/// What linking needs to know of the language; a document in a language that has no data gets on without.
#[derive(Debug)]
pub struct Language<'l> {
    /// Its word lists.
    pub lexicon: &'l Lexicon,
    /// Its descriptions of people by their posts.
    pub descriptions: &'l Descriptions,
    /// Who held which post when.
    pub holders: &'l Holders,
}

/// What linking knows of the world.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge<'k> {
    /// The entities and their names.
    pub gazetteer: &'k Gazetteer,
    /// Their types.
    pub schema: &'k Schema,
    /// The entities of the user's own gazetteers, which win where nothing else decides.
    pub own: &'k Own,
}

/// Which entities the user's own gazetteers list.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Those of text sources, which are one layer with the shipped ones.
    pub ids: BTreeSet<EntityId>,
    /// Whether every layer of the gazetteer before the last is the user's too.
    pub compiled: bool,
}

impl Own {
    fn has(&self, id: &EntityId, gazetteer: &Gazetteer) -> bool {
        self.ids.contains(id) || (self.compiled && gazetteer.is_in_upper_layer(id))
    }
}

/// Chooses an entity for each mention. Mentions are in order and apart from each other, as the gazetteer finds them.
pub fn link(
    document: &Document,
    sentences: &[Sentence],
    mentions: Vec<Mention>,
    knowledge: &Knowledge<'_>,
    language: Option<&Language<'_>>,
) -> Linked {
    let Knowledge { gazetteer, schema, .. } = *knowledge;
    let none = LinkingWords::default();
    let words = language.map_or(&none, |language| language.descriptions.words());
    let anchors = anchors(document, &mentions);
    let scorer =
        Scorer::new(document, sentences, *knowledge, &anchors, language.map(|language| language.lexicon), words);
    let mut linked = Linked::default();
    for mut mention in mentions {
        let judged = judged::narrow(&mut mention, &anchors, gazetteer);
        match choose(document, &mention, &scorer) {
            Choice::Linked(candidate, why) => linked.mentions.push(LinkedMention {
                span: mention.span,
                form: form_of(&candidate, &scorer),
                metonym: candidate.kind == NameKind::Metonym,
                entity: candidate.entity,
                why: if judged { WhyLinked::Judged } else { why },
            }),
            Choice::Ambiguous => linked.unlinked.push(mention),
            Choice::NotAMention => {}
        }
    }
    derived::add(document, sentences, gazetteer, schema, words, &mut linked.mentions);
    if let Some(language) = language {
        linked.held = describe::add(
            document,
            sentences,
            gazetteer,
            schema,
            language.descriptions,
            language.holders,
            &mut linked.mentions,
        );
    }
    let taken = &linked.mentions;
    linked.unlinked.retain(|mention| taken.iter().all(|other| !other.span.overlaps(mention.span)));
    linked
}

/// How often each entity is named beyond doubt: by a name that only it has, or by a full name.
fn anchors(document: &Document, mentions: &[Mention]) -> BTreeMap<EntityId, usize> {
    let mut anchors = BTreeMap::new();
    for mention in mentions {
        let sure: Vec<&Candidate> = mention.candidates.iter().filter(|candidate| !candidate.needs_context).collect();
        let words =
            mention.span.of(&document.text).split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).count();
        let entities = sure.iter().map(|candidate| &candidate.entity).collect::<BTreeSet<_>>();
        if entities.len() == 1
            && (mention.candidates.len() == sure.len() || words > 1)
            && sure[0].kind != NameKind::Metonym
        {
            *anchors.entry(sure[0].entity.clone()).or_default() += 1;
        }
    }
    anchors
}

enum Choice {
    Linked(Candidate, WhyLinked),
    /// Several entities have the name and none is clearly ahead.
    Ambiguous,
    /// The words mean none of the entities here: "à Washington" where the gazetteer knows no city.
    NotAMention,
}

fn choose(document: &Document, mention: &Mention, scorer: &Scorer<'_>) -> Choice {
    let (seats, others): (Vec<&Candidate>, Vec<&Candidate>) =
        mention.candidates.iter().partition(|candidate| candidate.kind == NameKind::Metonym);
    if !seats.is_empty() {
        let place = others
            .iter()
            .copied()
            .find(|candidate| scorer.is_place(&candidate.entity) && candidate.kind != NameKind::Demonym);
        return match (
            metonym::is_locative(document, mention.span, scorer.sentence_of(mention.span), scorer.words),
            place,
            &seats[..],
        ) {
            (true, Some(place), _) => Choice::Linked(place.clone(), WhyLinked::Locative),
            (true, None, _) if others.is_empty() => Choice::NotAMention,
            (false, _, [only]) if !only.needs_context => Choice::Linked((*only).clone(), WhyLinked::Metonym),
            _ => by_score(mention, scorer),
        };
    }
    if mention.candidates.iter().all(|candidate| candidate.kind == NameKind::Demonym)
        && is_language(document, mention.span, scorer.words)
    {
        return Choice::NotAMention;
    }
    match &mention.candidates[..] {
        [only] if !only.needs_context => Choice::Linked(only.clone(), WhyLinked::OnlyCandidate),
        _ => by_score(mention, scorer),
    }
}

/// Whether a demonym is the name of a language here: "en russe", "русский язык".
fn is_language(document: &Document, span: Span, words: &LinkingWords) -> bool {
    let before = words_before(&document.text, span.start()).next().unwrap_or_default().to_lowercase();
    let after = document.text[span.end()..].trim_start_matches([' ', '\u{A0}', '-']);
    let next = after[..after.floor_char_boundary(40)].to_lowercase();
    words.language_before.contains(&before) || words.language_after.iter().any(|word| next.starts_with(word.as_str()))
}

fn by_score(mention: &Mention, scorer: &Scorer<'_>) -> Choice {
    /// How far the best must be ahead of the next: less than any one reason weighs.
    const MARGIN: i32 = 5;
    let mut ranked: Vec<(score::Score, &Candidate)> = mention
        .candidates
        .iter()
        .map(|candidate| (scorer.score(mention.span, candidate), candidate))
        .filter(|(score, candidate)| !candidate.needs_context || score.proof > 0)
        .collect();
    ranked.sort_by(|a, b| b.0.total.cmp(&a.0.total).then_with(|| a.1.cmp(b.1)));
    match &ranked[..] {
        [] => Choice::NotAMention,
        [(best, candidate), rest @ ..] => {
            let next = rest.iter().find(|(_, other)| other.entity != candidate.entity);
            if next.is_none_or(|(score, _)| best.total >= score.total + MARGIN) {
                Choice::Linked((*candidate).clone(), best.why)
            } else {
                let mut own = ranked.iter().filter(|(_, candidate)| scorer.is_own(&candidate.entity));
                match (own.next(), own.next()) {
                    (Some((_, only)), None) => Choice::Linked((*only).clone(), WhyLinked::OwnGazetteer),
                    _ => Choice::Ambiguous,
                }
            }
        }
    }
}

fn form_of(candidate: &Candidate, scorer: &Scorer<'_>) -> MentionForm {
    match candidate.kind {
        NameKind::Demonym => MentionForm::Demonym,
        // A name in small letters is a description, save that of a concept, which has no other.
        NameKind::Label | NameKind::Alias if candidate.lower_case && !scorer.is_concept(&candidate.entity) => {
            MentionForm::Nominal
        }
        NameKind::Label | NameKind::Alias | NameKind::Metonym => MentionForm::Name,
    }
}

/// Puts `mention` among `mentions`, which stay in order, unless it touches one of them.
fn insert(mentions: &mut Vec<LinkedMention>, mention: LinkedMention) -> bool {
    let at = mentions.partition_point(|other| other.span.start() < mention.span.start());
    let free = |other: Option<&LinkedMention>| other.is_none_or(|other| !other.span.overlaps(mention.span));
    let fits = free(mentions.get(at)) && free(at.checked_sub(1).and_then(|before| mentions.get(before)));
    if fits {
        mentions.insert(at, mention);
    }
    fits
}

/// The words of `text` before byte `at`, the last one first, each without the marks that cling to it.
fn words_before(text: &str, at: usize) -> impl Iterator<Item = &str> {
    let near = &text[text.floor_char_boundary(at.saturating_sub(200))..at];
    near.rsplit(|c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '«' | '"' | '“' | '('))
        .filter(|word| !word.is_empty())
}

/// The line of `text` that holds byte `at`.
fn line_of(text: &str, at: usize) -> Span {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    Span::new(start, end)
}
