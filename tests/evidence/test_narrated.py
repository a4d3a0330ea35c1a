"""Sentences that tell what was done."""

from __future__ import annotations

import pytest

from portfolio_audit.evidence.narrated import is_narrated


@pytest.mark.parametrize(
    "sentence",
    [
        "We split the nights by season.",
        "I also dropped the gauge that stood still.",
        "I've then tuned the forest on it.",
        "We'll use ridge for the rest.",
        "The forest was tuned with a grid.",
        "Lags are then computed for each lock.",
        "Se entrenó un bosque con todo el año.",
        "Hemos probado tres modelos.",
        "Los modelos fueron comparados en invierno.",
        "Utilizou-se uma regressão simples.",
        "Os modelos foram treinados com lags.",
        "Nous avons comparé deux forêts.",
        "Le modèle a été réglé sur l'hiver.",
        "Der Wald wurde mit Lags trainiert.",
        "Zuerst haben wir die Pegel bereinigt.",
        "Мы обучили случайный лес.",
        "Lasy wytrenowano na danych z zimy.",
        "Porównaliśmy dwa modele.",
        "我们训练了一个随机森林。",
    ],
)
def test_something_was_done(sentence: str) -> None:
    assert is_narrated(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Random forest, ridge and a baseline.",
        "The model predicts the level of the tide.",
        "A forest for each of the locks.",
        "El modelo predice el nivel del agua.",
        "Das Modell sagt den Pegel voraus.",
        "Le modèle prédit le niveau.",
        "Модель предсказывает уровень воды.",
        "El agua sube en verano con la luna.",
        "Demos and memos of the lock.",
        "",
    ],
)
def test_nothing_was_done(sentence: str) -> None:
    assert not is_narrated(sentence)
