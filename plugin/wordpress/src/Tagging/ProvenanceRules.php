<?php

declare(strict_types=1);

namespace Rubricator\Tagging;

/**
 * Who wins, the editor or the machine. Pure: decisions by label in, decisions by label out; a label's term is to be set
 * exactly when its decision says so. plugin/shared/provenance_cases.json holds these rules for every plugin.
 */
final class ProvenanceRules
{
    /**
     * After a classification. Editors' decisions stay as they are. In mode `apply` a label at or over the threshold is
     * set and one that is no longer proposed is taken back; in mode `suggest` no term is touched.
     *
     * @param array<string, Decision> $decisions
     * @param list<string> $present labels whose terms the post has now
     * @return array<string, Decision>
     */
    public static function afterClassification(
        array $decisions,
        array $present,
        Proposals $proposals,
        Mode $mode,
        float $threshold,
    ): array {
        if ($mode === Mode::Off) {
            return $decisions;
        }
        $decisions = self::reconciled($decisions, $present, $proposals->time);
        foreach ($proposals->confidences as $label => $confidence) {
            $known = $decisions[$label] ?? null;
            if ($known?->provenance->isEditors()) {
                $decisions[$label] = new Decision(
                    $known->provenance,
                    $confidence,
                    $proposals->modelVersion,
                    $known->editor,
                    $known->decidedAt,
                );
                continue;
            }
            $applies = $mode === Mode::Apply
                ? ($confidence ?? 1.0) >= $threshold
                : $known?->provenance === Provenance::Auto;
            $provenance = $applies ? Provenance::Auto : Provenance::Suggested;
            $decidedAt = $known?->provenance === $provenance ? $known->decidedAt : $proposals->time;
            $decisions[$label] = new Decision($provenance, $confidence, $proposals->modelVersion, 0, $decidedAt);
        }
        foreach (array_diff_key($decisions, $proposals->confidences) as $label => $decision) {
            $stays = $decision->provenance->isEditors()
                || ($mode === Mode::Suggest && $decision->provenance === Provenance::Auto);
            if (!$stays) {
                unset($decisions[$label]);
            }
        }
        return $decisions;
    }

    /**
     * After terms were set and removed by anybody but the machine: in an editor, by an import, by another plugin.
     *
     * @param array<string, Decision> $decisions
     * @param list<string> $added
     * @param list<string> $removed
     * @return array<string, Decision>
     */
    public static function afterEdit(array $decisions, array $added, array $removed, int $editor, int $now): array
    {
        foreach ($added as $label) {
            $known = $decisions[$label] ?? new Decision(Provenance::Rejected);
            $decisions[$label] = match ($known->provenance) {
                Provenance::Suggested => $known->by(Provenance::Accepted, $editor, $now),
                Provenance::Rejected => $known->by(Provenance::Manual, $editor, $now),
                default => $known,
            };
        }
        foreach ($removed as $label) {
            $known = $decisions[$label] ?? new Decision(Provenance::Manual);
            if ($known->provenance->isSet()) {
                $decisions[$label] = $known->by(Provenance::Rejected, $editor, $now);
            }
        }
        return $decisions;
    }

    /**
     * After an editor said yes to a label, or no.
     *
     * @param array<string, Decision> $decisions
     * @return array<string, Decision>
     */
    public static function afterVerdict(array $decisions, string $label, bool $yes, int $editor, int $now): array
    {
        $known = $decisions[$label] ?? new Decision(Provenance::Manual);
        // A confidence tells that the machine had proposed it.
        $agreed = $known->modelVersion === '' ? Provenance::Manual : Provenance::Accepted;
        $decisions[$label] = $known->by($yes ? $agreed : Provenance::Rejected, $editor, $now);
        return $decisions;
    }

    /**
     * What the post's terms tell that nobody saw happen: a term without a decision is manual, a decision whose term is
     * gone is rejected.
     *
     * @param array<string, Decision> $decisions
     * @param list<string> $present
     * @return array<string, Decision>
     */
    private static function reconciled(array $decisions, array $present, int $now): array
    {
        $set = array_keys(array_filter($decisions, static fn (Decision $d): bool => $d->provenance->isSet()));
        // PHP turns numeric keys into integers.
        $set = array_map('strval', $set);
        return self::afterEdit($decisions, array_diff($present, $set), array_diff($set, $present), 0, $now);
    }
}
