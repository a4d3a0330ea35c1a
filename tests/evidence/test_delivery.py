"""Delivery by its effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import delivery
from portfolio_audit.model.fact import Evidence, Fact, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


def job(step: str) -> dict[str, str]:
    """A repository with one workflow of one step."""
    return {".github/workflows/cd.yml": f"on: push\njobs:\n  a:\n    steps:\n      - {step}\n"}


@pytest.mark.parametrize(
    "step",
    [
        "run: docker push x",
        "run: docker buildx build --push -t x .",
        "run: terraform -chdir=infra apply -auto-approve",
        "run: aws --region x lambda update-function-code --function-name y",
        "run: gcloud run deploy app",
        "run: kubectl apply -f k8s",
        "run: uv publish",
        "run: git push heroku main",
        "run: curl -X POST $RENDER_DEPLOY_HOOK",
        "run: python scripts/deploy_endpoint.py",
        "uses: google-github-actions/deploy-cloudrun@v2",
        "uses: pypa/gh-action-pypi-publish@release/v1",
        "{uses: docker/build-push-action@v5, with: {push: \"${{ github.ref == 'refs/heads/main' }}\"}}",
    ],
)
def test_steps_that_deliver(seen: Seen, step: str) -> None:
    found = seen(delivery, {**job(step), "scripts/deploy_endpoint.py": ""})
    assert found.rung("delivery.pipeline") is Rung.WIRED
    assert found.known("delivery.pipeline")[0].at.line == 5


@pytest.mark.parametrize(
    "step",
    [
        "run: terraform plan",
        "run: docker build .",
        "run: echo docker push x",
        "run: 'true # docker push x'",
        "run: git push origin main",
        "uses: docker/build-push-action@v5",
        "uses: hashicorp/setup-terraform@v3",
        "{uses: appleboy/ssh-action@v1, if: false}",
        "uses: actions/deploy-pages@v4",
    ],
)
def test_steps_that_do_not(seen: Seen, step: str) -> None:
    assert not seen(delivery, job(step)).has("delivery.pipeline")


def test_what_is_delivered(seen: Seen) -> None:
    assert seen(delivery, job("run: docker push x")).has("delivery.image")
    assert seen(delivery, job("run: twine upload dist/*")).has("delivery.package")
    assert seen(delivery, job("uses: actions/deploy-pages@v4")).has("delivery.pages")


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("Makefile", "ship: build\n\tdocker build .\n\theroku container:release web\n", 3),
        ("scripts/up.sh", "set -e\nsam deploy\n", 2),
        ("deploy_manual.sh", "# aws lambda x\naws s3 sync a b\n", 2),
    ],
)
def test_deployment_by_hand_is_declared(seen: Seen, path: str, text: str, line: int) -> None:
    found = seen(delivery, {path: text})
    assert [(f.at.path, f.at.line) for f in found.known("delivery.manual")] == [(path, line)]
    assert found.rung("delivery.pipeline") is Rung.DECLARED


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("infra/main.tf", "x"),
        ("charts/Chart.yaml", "apiVersion: v2\n"),
        ("serverless.yml", "service: x\n"),
        ("anything.yaml", "apiVersion: v1\nkind: Service\n"),
        ("template.yml", "Transform: AWS::Serverless-2016-10-31\n"),
    ],
)
def test_infrastructure_as_code(seen: Seen, path: str, text: str) -> None:
    assert [f.at.path for f in seen(delivery, {path: text}).known("delivery.infrastructure")][:1] == [path]


@pytest.mark.parametrize(
    ("path", "text", "line", "note"),
    [
        ("a.yaml", "# x\napiVersion: apps/v1\nkind: Deployment\n", 3, "Kubernetes Deployment"),
        ("a.yml", "kind: 'CronJob'\napiVersion: \"batch/v1beta1\"\n", 1, "Kubernetes CronJob"),
        ("a.yaml", "\nAWSTemplateFormatVersion: 2010-09-09\n", 2, "CloudFormation"),
    ],
)
def test_manifests_are_known_by_what_is_in_them(seen: Seen, path: str, text: str, line: int, note: str) -> None:
    at = Location(path, line, note=note)
    assert seen(delivery, {path: text}).facts == (
        Fact("delivery.infrastructure", at=at),
        Fact("delivery.pipeline", at=at, rung=Rung.DECLARED),
    )


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("run: docker push x", {"delivery.pipeline", "delivery.image"}),
        ("run: docker buildx build --push .", {"delivery.pipeline", "delivery.image"}),
        ("uses: actions/deploy-pages@v4", {"delivery.pages"}),
        ("{uses: docker/build-push-action@v5, with: {push: 'False'}}", set()),
        ("{uses: docker/build-push-action@v5, with: {push: '${{ false }}'}}", set()),
        ("run: python deployed_model.py", set()),
        ("run: ./deploy.py", {"delivery.pipeline"}),
        ("run: python gone/deploy.py", set()),
    ],
)
def test_what_a_step_delivers(seen: Seen, step: str, facts: set[str]) -> None:
    found = seen(delivery, {**job(step), "deploy.py": "", "deployed_model.py": ""})
    assert {fact.id for fact in found.facts} == facts


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("train.sh", "python train.py\n"),
        ("deployed.sh", "aws s3 ls\n"),
        ("deploy.sh", "echo done\n"),
        ("Makefile", "deploy:\n\techo kubectl apply\n"),
    ],
)
def test_scripts_that_deploy_nothing(seen: Seen, path: str, text: str) -> None:
    assert seen(delivery, {path: text}).facts == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [("k8s/notes.yaml", "a: 1\n"), ("datasource.yml", "apiVersion: 1\n"), ("conda.yaml", "kind: Service\n")],
)
def test_yaml_that_is_no_infrastructure(seen: Seen, path: str, text: str) -> None:
    assert seen(delivery, {path: text}).facts == ()


def manual(seen: Seen, files: Mapping[str, str]) -> list[str]:
    return [str(fact.at) for fact in seen(delivery, files).known("delivery.manual")]


def test_a_script_of_deployment_counts_where_it_changes_something(seen: Seen) -> None:
    script = "aws sts get-caller-identity\naws s3api list-objects-v2 --bucket x\naws s3 sync a s3://x\n"
    assert manual(seen, {"deploy.sh": script}) == ["deploy.sh:3"]


def test_a_told_command_counts_with_what_it_deploys(seen: Seen) -> None:
    readme = {"README.md": "# A\n\n```sh\nkubectl apply -f k8s/app.yaml\nterraform apply\n```\n"}
    assert manual(seen, readme) == []
    assert manual(seen, {**readme, "k8s/app.yaml": "a: b\n"}) == ["README.md:4"]


@pytest.mark.parametrize(
    ("path", "text", "rung"),
    [
        ("render.yaml", "services:\n- type: web\n  autoDeploy: true\n", Rung.WIRED),
        ("render.yaml", "services:\n- type: web\n  autoDeployTrigger: checksPass\n", Rung.WIRED),
        (".do/app.yaml", "services:\n- github: {repo: a/b}\n  deploy_on_push: true\n", Rung.WIRED),
        ("render.yaml", "services:\n- type: web\n  autoDeploy: false\n", None),
    ],
)
def test_a_platform_that_deploys_each_push(seen: Seen, path: str, text: str, rung: Rung | None) -> None:
    assert seen(delivery, {path: text}).rung("delivery.pipeline") is rung
