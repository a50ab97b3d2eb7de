"""Language: quick, sure where it answers, None where it cannot tell."""

from __future__ import annotations

import subprocess
import sys

import pytest

from stemma.read.identify import identify

SENTENCES = {
    "en": "The harbour council said on Tuesday that the quay would be built, but not before the winter.",
    "nb": "Havnerådet sier tirsdag at kaia skal bygges, men ikke før etter vinteren, og at de venter flere skip.",
    "nn": "Hamnerådet seier tysdag at kaia skal byggjast, men ikkje før etter vinteren, og at dei ventar fleire skip.",
    "da": "Havnerådet siger tirsdag, at kajen skal bygges, men ikke før efter vinteren, og at de venter flere skibe.",
    "sv": "Hamnrådet säger på tisdagen att kajen ska byggas, men inte före vintern, och att de väntar fler fartyg.",
    "de": "Der Hafenrat sagte am Dienstag, dass der Kai gebaut werden soll, aber nicht vor dem Winter.",
    "nl": "De havenraad zegt dinsdag dat de kade wordt gebouwd, maar niet voor de winter, en dat er meer schepen komen.",
    "fr": "Le conseil du port a déclaré mardi que le quai serait construit, mais pas avant l'hiver.",
    "es": "El consejo del puerto dijo el martes que el muelle se construirá, pero no antes del invierno.",
    "it": "Il consiglio del porto ha detto martedì che il molo sarà costruito, ma non prima dell'inverno.",
    "pt": "O conselho do porto disse na terça-feira que o cais será construído, mas não antes do inverno.",
    "ca": "El consell del port ha dit dimarts que el moll es construirà, però no abans de l'hivern, i que també vindran més vaixells.",
    "ro": "Consiliul portului a declarat marți că va fi construit cheiul, dar nu înainte de iarnă, și că sunt așteptate mai multe nave.",
    "fi": "Satamaneuvosto kertoo tiistaina, että laituri rakennetaan, mutta ei ennen talvea, ja että se on kallis.",
    "pl": "Rada portu poinformowała we wtorek, że nabrzeże zostanie zbudowane, ale nie przed zimą.",
    "cs": "Přístavní rada v úterý uvedla, že nábřeží bude postaveno, ale ne před zimou, a že je drahé.",
    "ru": "Портовый совет сообщил во вторник, что причал будет построен, но не до зимы.",
    "uk": "Портова рада повідомила у вівторок, що причал буде збудовано, але не до зими.",
    "bg": "Пристанищният съвет съобщи във вторник, че кеят ще бъде построен, но не преди зимата.",
    "el": "Το συμβούλιο του λιμανιού δήλωσε την Τρίτη ότι η προβλήτα θα κατασκευαστεί.",
    "tr": "Liman kurulu salı günü rıhtımın inşa edileceğini, ancak bunun kıştan önce olmayacağını söyledi.",
    "ja": "港湾評議会は火曜日、岸壁を建設すると発表した。",
    "ko": "항만 위원회는 화요일 부두를 건설하겠다고 밝혔다.",
    "zh": "港务委员会星期二表示，码头将会建成。",
    "ar": "قال مجلس الميناء يوم الثلاثاء إن الرصيف سيبنى، ولكن ليس قبل الشتاء.",
    "fa": "شورای بندر روز سه‌شنبه گفت که اسکله ساخته خواهد شد، اما نه پیش از زمستان.",
    "he": "מועצת הנמל אמרה ביום שלישי כי הרציף ייבנה.",
    "hi": "बंदरगाह परिषद ने मंगलवार को कहा कि घाट बनाया जाएगा।",
    "th": "สภาท่าเรือกล่าวเมื่อวันอังคารว่าท่าเรือจะถูกสร้างขึ้น",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_sentences(language: str) -> None:
    assert identify(SENTENCES[language]) == language


@pytest.mark.parametrize("text", ["", " ", "12345", "2–1", "!!!", "Fjordby", "Zxq vrbl"])
def test_what_cannot_be_told(text: str) -> None:
    assert identify(text) is None


def test_the_model_is_not_loaded_for_clear_texts() -> None:
    code = (
        "import sys; from stemma.read import report_from_text as r;"
        f"assert [r(t * 3).language for t in {[SENTENCES[k] for k in ('en', 'nb', 'de', 'es', 'fr', 'sv', 'da')]!r}]"
        " == ['en', 'nb', 'de', 'es', 'fr', 'sv', 'da'];"
        "assert not [m for m in sys.modules if m.startswith(('py3langid', 'trafilatura', 'urllib3', 'feedparser', 'pyarrow'))]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
