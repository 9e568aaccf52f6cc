#!/usr/bin/env python3
"""The Kubernetes manifests: each fits Kubernetes' own schema, and they fit each other and the server's settings."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import project

FOLDER = project.SOURCE / "packaging" / "kubernetes"
REQUIREMENTS = project.SOURCE / "tests" / "kubernetes" / "requirements.txt"
KUBERNETES = "1.30"  # the oldest that the manifests are for


class KubernetesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--requirement",
                        REQUIREMENTS, "--target", folder.name], check=True, timeout=300)
        sys.path.insert(0, folder.name)
        import kubernetes_validate  # pylint: disable=import-outside-toplevel
        import yaml  # pylint: disable=import-outside-toplevel
        cls.validator, cls.yaml = kubernetes_validate, yaml
        cls.resources = yaml.safe_load((FOLDER / "kustomization.yaml").read_text("utf-8"))["resources"]
        cls.manifests = [manifest for name in cls.resources for manifest in yaml.safe_load_all((FOLDER / name).read_text("utf-8"))]
        cls.deployment = cls.one("Deployment")
        cls.pod = cls.deployment["spec"]["template"]
        [cls.container] = cls.pod["spec"]["containers"]
        cls.settings = yaml.safe_load(cls.one("ConfigMap")["data"]["server.yaml"])

    @classmethod
    def one(cls, kind, name="rubricator"):
        [found] = [each for each in cls.manifests if each["kind"] == kind and each["metadata"]["name"] == name]
        return found

    def test_fits_the_schemas_of_kubernetes(self):
        self.assertEqual({name for name in self.resources} | {"kustomization.yaml"}, {path.name for path in FOLDER.glob("*.yaml")})
        for manifest in self.manifests:
            with self.subTest(manifest["kind"]):
                self.validator.validate(manifest, KUBERNETES, strict=True)
        broken = {**self.deployment, "spec": {**self.deployment["spec"], "replicaz": 2}}
        with self.assertRaises(self.validator.ValidationError):
            self.validator.validate(broken, KUBERNETES, strict=True)

    def test_everything_selects_the_pods(self):
        labels = self.pod["metadata"]["labels"]
        selectors = [self.deployment["spec"]["selector"]["matchLabels"], self.one("Service")["spec"]["selector"],
                     self.one("Service", "rubricator-http")["spec"]["selector"],
                     self.one("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
                     self.one("NetworkPolicy")["spec"]["podSelector"]["matchLabels"]]
        for selector in selectors:
            self.assertEqual(selector, labels)
        self.assertEqual(self.one("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]["name"], "rubricator")
        self.assertEqual(self.one("Service")["spec"]["clusterIP"], "None")

    def test_ports_and_files_are_those_of_the_settings(self):
        ports = {port["name"]: port["containerPort"] for port in self.container["ports"]}
        self.assertEqual(self.settings["listen"], f"0.0.0.0:{ports['grpc']}")
        self.assertEqual(self.settings["http"]["listen"], f"0.0.0.0:{ports['http']}")
        mounts = [pathlib.PurePosixPath(mount["mountPath"]) for mount in self.container["volumeMounts"]]
        for file in (self.settings["tls"]["cert_file"], self.settings["tls"]["key_file"], self.settings["access"]["token_file"]):
            self.assertTrue(any(pathlib.PurePosixPath(file).is_relative_to(mount) for mount in mounts), file)
        self.assertIn(pathlib.PurePosixPath(self.settings["data_dir"]), mounts)

    def test_the_end_has_time(self):
        stop = int(self.container["lifecycle"]["preStop"]["exec"]["command"][1])
        self.assertGreater(self.pod["spec"]["terminationGracePeriodSeconds"], stop + self.settings["drain_seconds"])

    def test_the_server_takes_the_settings(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(self.one("ConfigMap")["data"]["server.yaml"])
            file.flush()
            subprocess.run([project.BIN / "rubricator-server", "--config", file.name, "--print-config"], check=True,
                           stdout=subprocess.DEVNULL, timeout=60)

    def test_little_is_allowed(self):
        security = self.container["securityContext"]
        self.assertTrue(security["readOnlyRootFilesystem"])
        self.assertFalse(security["allowPrivilegeEscalation"])
        self.assertEqual(security["capabilities"], {"drop": ["ALL"]})
        self.assertTrue(self.pod["spec"]["securityContext"]["runAsNonRoot"])
        self.assertFalse(self.pod["spec"]["automountServiceAccountToken"])


if __name__ == "__main__":
    unittest.main()
