"""Where code fits a model, and where it uses one: by the call and by what the name it is called on was made with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.codebase import Codebase, Source, below_any, imports_for
from portfolio_audit.parsing.python_source import Call

_FITS = frozenset({"fit", "fit_generator", "partial_fit", "fit_predict", "fit_one_cycle", "fine_tune"})
_TRAINS = frozenset({"train", "learn", "finetune", "train_model", "auto_arima", "compare_models", "create_model"})
_TRAINED_BY_FUNCTION = (
    "xgboost.train", "xgboost.cv", "lightgbm.train", "lightgbm.cv", "catboost.train", "pmdarima.auto_arima",
    "fasttext.train_supervised", "spacy.cli.train", "sklearn.model_selection.cross_val_score",
    "sklearn.model_selection.cross_validate", "sklearn.model_selection.cross_val_predict",
)  # fmt: skip
_TRAINER = re.compile(r"train|learn|yolo|estimator|automl|word2vec|agent|pipeline", re.IGNORECASE)
_PREPARES = re.compile(
    r"scal|encod|vectori|imput|pca|transformer$|binariz|normali|discreti|tokeni|tfidf|explain|select|augment"
    r"|^(?:le|ohe|oe|dv|cv|ct|lb|mlb|sc|ss|mms|poly|enc|tk|count_vec|prep|preprocessor|datagen|svd|lda_vec|bpe)$"
    r"|^index|_(?:le|ohe|dv|sc)$|datagen|preprocess|reducer|tsne|umap|resampl|smote|curve",
    re.IGNORECASE,
)
_PREDICTS = frozenset({
    "predict", "predict_proba", "predict_one", "forecast", "generate_content", "generate", "invoke", "ainvoke",
    "run_inference", "get_prediction", "make_prediction", "predict_single", "transcribe", "inference",
    "decision_function", "query", "astream", "recommend", "get_recommendations", "kneighbors", "predict_image",
})  # fmt: skip
_SURE_PREDICTIONS = frozenset({"predict", "predict_proba", "predict_single", "make_prediction", "generate_content"})
_LOADS = (
    "joblib.load", "pickle.load", "pickle.loads", "cloudpickle.load", "dill.load", "torch.load", "torch.jit.load",
    "keras.models.load_model", "tensorflow.keras.models.load_model", "tensorflow.saved_model.load",
    "mlflow.pyfunc.load_model",
    "onnxruntime.InferenceSession", "bentoml.models.get", "tflite_runtime.interpreter.Interpreter",
    "tensorflow.lite.Interpreter", "spacy.load", "transformers.pipeline", "fastai.vision.all.load_learner",
    "sentence_transformers.SentenceTransformer", "ultralytics.YOLO", "whisper.load_model", "skops.io.load",
)  # fmt: skip
_LOADERS = frozenset({
    "load_model", "from_pretrained", "load_learner", "load_checkpoint", "load_state_dict", "to_runner",
    "InferenceSession", "load_weights", "hub_load",
})  # fmt: skip
_ASKS_LLM = re.compile(
    r"(?:chat\.completions|completions|responses|messages|embeddings)\.(?:create|parse)$"
    r"|ChatCompletion\.create$|generate_content$|(?:^|\.)(?:chain|llm|agent|rag|graph|qa|retriever|query_engine)\w*\.(?:invoke|run|ainvoke|stream|query)$"
    r"|(?:^|\.)app\w*\.(?:invoke|ainvoke|stream)$"
    r"|ollama\.(?:chat|generate)$|InferenceClient\.\w+$",
    re.IGNORECASE,
)
_LLM = re.compile(
    r"^(?:Chat[A-Z]\w*|\w*LLM|OpenAI|AzureOpenAI|Anthropic|Ollama|Groq|GenerativeModel|HuggingFace\w+|\w+Chain)$"
)


class Learning:
    """Judges calls against the training libraries of the vocabulary."""

    def __init__(self, codebase: Codebase) -> None:
        self._codebase = codebase
        vocabulary = codebase.documents.vocabulary
        self._libraries = imports_for(vocabulary, "training")
        self._preparation = imports_for(vocabulary, "preparation")
        self._llm = imports_for(vocabulary, "llm")
        self._found: dict[str, tuple[Call, ...]] = {}
        self._learns: dict[str, bool] = {}
        self._asked: dict[str, bool] = {}

    def uses_library(self, source: Source) -> bool:
        """Whether a file or one it imports works with a library that fits models."""
        return self._any_imports(source, self._libraries, self._learns)

    def training(self, source: Source) -> tuple[Call, ...]:
        """The calls of a file that fit a model."""
        if source.path not in self._found:
            self._found[source.path] = tuple(self._training(source))
        return self._found[source.path]

    def predictions(self, source: Source) -> Iterator[Call]:
        """The calls of a file that load a model, predict with it, or ask a language model."""
        learns, asks = self.uses_library(source), self.asks(source)
        for call in source.module.calls:
            method = call.method
            sure = self.loads(call) or method in _SURE_PREDICTIONS
            if (
                sure
                or (asks and (_ASKS_LLM.search(call.name) or self._makes_llm(call)))
                or ((learns or asks) and method in _PREDICTS - {"query"})
            ):
                yield call

    def loads(self, call: Call) -> bool:
        """Whether a call loads a fitted model."""
        return call.name in _LOADS or call.method in _LOADERS

    def _any_imports(self, source: Source, modules: tuple[str, ...], known: dict[str, bool]) -> bool:
        """Whether a file or one it reaches imports any of the modules; ``known`` remembers it for each file."""
        for other in self._codebase.behind(source):
            if other.path not in known:
                known[other.path] = other.imports(modules) is not None
            if known[other.path]:
                return True
        return False

    def _makes_llm(self, call: Call) -> bool:
        return below_any(call.name, self._llm) and _LLM.search(call.method) is not None

    def asks(self, source: Source) -> bool:
        """Whether a file or one it imports works with a language model."""
        return self._any_imports(source, self._llm, self._asked)

    def _training(self, source: Source) -> Iterator[Call]:
        if not self.uses_library(source):
            return
        made = {name: call.name for call in source.module.calls for name in call.assigned}
        torch = source.imports(("torch",)) is not None
        imported = {i.module.partition(".")[0] for i in source.module.imports if not self._codebase.is_own(source, i)}
        for call in source.module.calls:
            if self._trains(call, made, imported, torch=torch):
                yield call

    def _trains(self, call: Call, made: dict[str, str], imported: set[str], *, torch: bool) -> bool:
        if call.name in _TRAINED_BY_FUNCTION:
            return True
        receiver, _, method = call.name.rpartition(".")
        if not receiver:
            return False
        origin = made.get(receiver.rpartition(".")[2], receiver)
        if method in _FITS:
            return self._is_model(receiver, origin, imported)
        if method == "backward":
            return torch
        named = f"{receiver} {origin}"
        sets_mode = method == "train" and torch and not call.keywords and "rainer" not in named
        return method in _TRAINS and bool(_TRAINER.search(named)) and not sets_mode

    def _is_model(self, receiver: str, origin: str, imported: set[str]) -> bool:
        """Whether what is fitted learns to predict, rather than prepares data."""
        for name in {receiver, origin}:
            if below_any(name, self._preparation) or _PREPARES.search(name.rpartition(".")[2]):
                return False
        top = receiver.partition(".")[0]
        foreign = top in imported and "." in receiver and not below_any(receiver, self._libraries)
        return not foreign or top == "self"
