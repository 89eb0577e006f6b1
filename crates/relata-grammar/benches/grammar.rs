//! Words a second of the whole analysis, and the time to load a model.

use criterion::{Criterion, Throughput, criterion_main};
use relata_grammar::{Grammar, Language, Workspace};

const TEXTS: [(Language, &str); 3] = [
    (
        Language::French,
        "La société Novalis, que le ministère des Finances avait sanctionnée en 2022, a ordonné à sa filiale de \
         Lyon de suspendre ses livraisons. Selon le quotidien, le directeur du groupe n'a pas répondu aux questions \
         des journalistes. L'accord a été signé à Genève par les deux présidents, qui s'étaient rencontrés en mars.",
    ),
    (
        Language::English,
        "The company, which the Treasury had sanctioned in 2022, ordered its subsidiary in Lyon to stop all \
         deliveries. According to the newspaper, the group's chief executive didn't answer the reporters' \
         questions. The agreement was signed in Geneva by the two presidents, who had met in March.",
    ),
    (
        Language::Russian,
        "Компания, против которой министерство финансов ввело санкции в 2022 году, приказала своему филиалу в Лионе \
         остановить поставки. По данным газеты, генеральный директор группы не ответил на вопросы журналистов. \
         Соглашение было подписано в Женеве двумя президентами, которые встретились в марте.",
    ),
];

fn analysis(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("words");
    for (language, text) in TEXTS {
        let grammar = Grammar::load(language).expect("an embedded model");
        let sentences = grammar.sentences(text);
        let words: usize =
            sentences.iter().map(|sentence| grammar.parse(text, sentence.clone(), &[]).words.len()).sum();
        group.throughput(Throughput::Elements(words as u64));
        group.bench_function(language.code(), |bencher| {
            let mut workspace = Workspace::default();
            bencher.iter(|| {
                let mut length = |sentence| grammar.parse_with(text, sentence, &[], &mut workspace).words.len();
                sentences.iter().cloned().map(&mut length).sum::<usize>()
            });
        });
    }
    group.finish();
}

fn loading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(20);
    for language in Language::ALL {
        group.bench_function(language.code(), |bencher| bencher.iter(|| Grammar::load(language)));
    }
    group.finish();
}

mod registered {
    #![allow(missing_docs, reason = "criterion's macro writes no documentation")]
    use super::{analysis, loading};
    criterion::criterion_group!(benches, analysis, loading);
}

use registered::benches;

criterion_main!(benches);
