//! Which entity each name means.
//!
//! A name that only one entity has is that entity, unless the gazetteer says that the name alone proves nothing. A capital
//! or seat is its state, unless the words around it say where something is (`metonym`). Any other choice is by score
//! (`score`): full name in the document, entities and words near it, the type that the words around it ask for (`expected`),
//! dates, and what is meant more often (`prior`); then once more with what the first look has made clear, because a name has one
//! sense a document. Where no candidate is clearly ahead the mention is left out and listed, never guessed. Then come words that no gazetteer lists: surnames of
//! people named in full, acronyms that the text introduces, first names before a shared surname (`derived`), and
//! descriptions ("le président chinois", `describe`).

mod derived;
mod describe;
mod expected;
mod judged;
mod metonym;
mod prior;
mod score;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use relata_gazetteer::Gazetteer;
use relata_model::{
    Candidate, Document, EntityId, LinkedMention, Mention, MentionForm, NameKind, Ranked, Reason, Schema, Sentence,
    Span, UnlinkedMention, WhyLinked,
};

use crate::relate::Lexicon;
use score::{Anchor, Known, Scored, Scorer};

pub use describe::{Descriptions, HeldPost, Holders};
pub use words::LinkingWords;

/// What a document's mentions mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// In the order of the text.
    pub mentions: Vec<LinkedMention>,
    /// Names for which no entity was clearly ahead.
    pub unlinked: Vec<UnlinkedMention>,
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
    mut mentions: Vec<Mention>,
    knowledge: &Knowledge<'_>,
    language: Option<&Language<'_>>,
) -> Linked {
    let Knowledge { gazetteer, schema, .. } = *knowledge;
    let none = LinkingWords::default();
    let words = language.map_or(&none, |language| language.descriptions.words());
    let lexicon = language.map(|language| language.lexicon);
    let mut known = Known { anchors: anchors(document, &mentions), senses: BTreeMap::new() };
    let judged: Vec<bool> =
        mentions.iter_mut().map(|mention| judged::narrow(mention, &known.anchors, gazetteer)).collect();
    let scorer = Scorer::new(document, sentences, *knowledge, &known, lexicon, words);
    let mut choices: Vec<Choice> = mentions.iter().map(|mention| choose(document, mention, &scorer)).collect();
    // What was decided by good reasons helps to decide what is left.
    let learned = learn(&mentions, &choices, known.clone());
    if !learned.senses.is_empty() {
        known = learned;
        let scorer = Scorer::new(document, sentences, *knowledge, &known, lexicon, words);
        for (mention, choice) in mentions.iter().zip(&mut choices) {
            if choice.is_open() {
                *choice = choose(document, mention, &scorer);
            }
        }
    }
    let mut linked = Linked::default();
    for ((mention, choice), judged) in mentions.into_iter().zip(choices).zip(judged) {
        match choice {
            Choice::Linked { candidate, form, why, ranked } => linked.mentions.push(LinkedMention {
                span: mention.span,
                form,
                metonym: candidate.kind == NameKind::Metonym,
                made_by: candidate.made_by,
                entity: candidate.entity,
                why: if judged { WhyLinked::Judged } else { why },
                ranked,
            }),
            Choice::LeftOut(ranked) => linked.unlinked.push(UnlinkedMention { span: mention.span, ranked }),
            Choice::NotAMention => {}
        }
    }
    derived::add(document, sentences, *knowledge, words, &mut linked);
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
    linked.unlinked.retain(|mention| overlapping(taken, mention.span).is_empty());
    linked
}

/// Where each entity is named beyond doubt: by a name that only it has, or by a full name.
fn anchors(document: &Document, mentions: &[Mention]) -> BTreeMap<EntityId, Anchor> {
    let mut anchors: BTreeMap<EntityId, Anchor> = BTreeMap::new();
    for mention in mentions {
        let sure: Vec<&Candidate> = mention.candidates.iter().filter(|candidate| !candidate.needs_context).collect();
        let words =
            mention.span.of(&document.text).split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).count();
        let entities = sure.iter().map(|candidate| &candidate.entity).collect::<BTreeSet<_>>();
        if entities.len() == 1
            && (mention.candidates.len() == sure.len() || words > 1)
            && sure[0].kind != NameKind::Metonym
        {
            let anchor = anchors.entry(sure[0].entity.clone()).or_default();
            anchor.starts.push(mention.span.start());
            anchor.full |= words == 1 || mention.span.of(&document.text).starts_with(char::is_uppercase);
        }
    }
    anchors
}

/// What the choices taken for good reasons make clear besides.
fn learn(mentions: &[Mention], choices: &[Choice], mut known: Known) -> Known {
    for (mention, choice) in mentions.iter().zip(choices) {
        let Choice::Linked { candidate, ranked, .. } = choice else { continue };
        if ranked.len() < 2 || choice.is_open() || candidate.kind == NameKind::Metonym {
            continue;
        }
        let mut senses: Vec<EntityId> = mention.candidates.iter().map(|one| one.entity.clone()).collect();
        senses.dedup();
        let sense = known.senses.entry(senses).or_insert_with(|| Some(candidate.entity.clone()));
        if sense.as_ref() != Some(&candidate.entity) {
            *sense = None;
        }
    }
    known
}

#[derive(Debug)]
enum Choice {
    Linked {
        candidate: Candidate,
        form: MentionForm,
        why: WhyLinked,
        ranked: Vec<Ranked>,
    },
    /// Several entities have the name and none is clearly ahead, or the only one was not there yet.
    LeftOut(Vec<Ranked>),
    /// The words mean none of the entities here: "à Washington" where the gazetteer knows no city.
    NotAMention,
}

impl Choice {
    /// Whether more knowledge of the document may decide otherwise.
    fn is_open(&self) -> bool {
        match self {
            Self::Linked { why, .. } => matches!(why, WhyLinked::Prior | WhyLinked::Name | WhyLinked::OwnGazetteer),
            Self::LeftOut(_) => true,
            Self::NotAMention => false,
        }
    }
}

fn choose(document: &Document, mention: &Mention, scorer: &Scorer<'_>) -> Choice {
    let linked = |candidate: &Candidate, why| {
        let form = form_of(candidate, scorer);
        Choice::Linked { candidate: candidate.clone(), form, why, ranked: Vec::new() }
    };
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
            (true, Some(place), _) => linked(place, WhyLinked::Locative),
            (true, None, _) if others.is_empty() => Choice::NotAMention,
            (false, _, [only]) if !only.needs_context => linked(only, WhyLinked::Metonym),
            _ => by_score(mention, scorer),
        };
    }
    if mention.candidates.iter().all(|candidate| candidate.kind == NameKind::Demonym)
        && is_language(document, mention.span, scorer.words)
    {
        return Choice::NotAMention;
    }
    match &mention.candidates[..] {
        [only] if !only.needs_context && !scorer.is_not_yet(&only.entity) => linked(only, WhyLinked::OnlyCandidate),
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
    /// How far the best must be ahead of the next: less than any one good reason weighs.
    const MARGIN: i32 = 5;
    let mut ranking = scorer.rank(mention);
    ranking.retain(|one| !one.candidate.needs_context || one.is_proved());
    // Of an entity that has the name in several ways, the best counts.
    let mut seen = BTreeSet::new();
    ranking.retain(|one| seen.insert(&one.candidate.entity));
    let is_ahead = |ranking: &[Scored<'_>]| match ranking {
        [best, next, ..] => best.total() >= next.total() + MARGIN,
        _ => true,
    };
    let Some(best) = ranking.first().map(Scored::total) else { return Choice::NotAMention };
    let mut own = None;
    if !is_ahead(&ranking) {
        // Only between those that the text leaves in question.
        let open = ranking.iter().take_while(|one| one.total() + MARGIN > best).count();
        let mut own_ones = (0..open).filter(|at| scorer.is_own(&ranking[*at].candidate.entity));
        own = own_ones.next().filter(|_| own_ones.next().is_none());
        match own {
            Some(place) => {
                let ahead = best - ranking[place].total() + MARGIN;
                ranking[place].points.insert(Reason::OwnGazetteer, ahead);
                ranking[..=place].rotate_right(1);
            }
            None => scorer.add_renown(&mut ranking[..open]),
        }
    }
    let chosen = if ranking[0].points.get(&Reason::Dates) == Some(&score::NOT_YET) || !is_ahead(&ranking) {
        None
    } else if own.is_some() {
        Some(WhyLinked::OwnGazetteer)
    } else {
        Some(ranking[0].why(ranking.get(1)))
    };
    let ranked: Vec<Ranked> =
        if ranking.len() > 1 || chosen.is_none() { ranking.iter().map(Scored::ranked).collect() } else { Vec::new() };
    match chosen {
        Some(why) => {
            let candidate = ranking[0].candidate.clone();
            Choice::Linked { form: form_of(&candidate, scorer), candidate, why, ranked }
        }
        None => Choice::LeftOut(ranked),
    }
}

fn form_of(candidate: &Candidate, scorer: &Scorer<'_>) -> MentionForm {
    match candidate.kind {
        NameKind::Demonym => MentionForm::Demonym,
        NameKind::Role => MentionForm::Nominal,
        // A name in small letters is a description, save that of a concept, which has no other.
        NameKind::Label | NameKind::Alias if candidate.lower_case && !scorer.is_concept(&candidate.entity) => {
            MentionForm::Nominal
        }
        NameKind::Label | NameKind::Alias | NameKind::Acronym | NameKind::Metonym => MentionForm::Name,
    }
}

/// The places of those of `mentions`, which are in order and apart from each other, that overlap a span.
fn overlapping(mentions: &[LinkedMention], span: Span) -> Range<usize> {
    let from = mentions.partition_point(|other| other.span.end() <= span.start());
    let to = from + mentions[from..].partition_point(|other| other.span.start() < span.end());
    from..to
}

/// Puts `added` among `mentions`, which stay in order, save those that overlap one of them; of two that overlap each other the
/// first stays. All at once, because a long text has very many.
fn insert_all(mentions: &mut Vec<LinkedMention>, mut added: Vec<LinkedMention>) {
    added.retain(|one| overlapping(mentions, one.span).is_empty());
    if added.is_empty() {
        return;
    }
    added.sort_by_key(|one| one.span.start());
    added.dedup_by(|later, first| later.span.overlaps(first.span));
    mentions.append(&mut added);
    mentions.sort_by_key(|mention| mention.span.start());
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
