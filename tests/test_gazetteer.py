"""The gazetteer: names in running text."""

from geo.gazetteer import open_gazetteer


def test_an_article_does_not_cut_a_longer_name() -> None:
    text = "A frigate left the Gulf of Guinea for the Gulf."
    assert [places[0].id for _, _, places in open_gazetteer().scan(text)] == ["im:gulf-of-guinea", "im:persian-gulf"]
