// The benchmarks. Each prints its lines; what they are is said where they are made.
#pragma once

#include "tests/bench/measure.h"

namespace puente::bench {

void MeasurePointRead(const Options& options);
void MeasureGet(const Options& options);
void MeasureRights(const Options& options);
void MeasureLoadShape(const Options& options);
void MeasureOverload(const Options& options);
void MeasureWrite(const Options& options);
void MeasureGuarded(const Options& options);
void MeasureLoad(const Options& options);
void MeasureGrowth(const Options& options);
void MeasureEquivalents(const Options& options);
void MeasureGrowthOfDemand(const Options& options);
void MeasureGrowthOfJournal(const Options& options);
void MeasureOverview(const Options& options);
void MeasureStandard(const Options& options);
void MeasureStreamExport(const Options& options);
void MeasureCertification(const Options& options);
void MeasureCoverage(const Options& options);
void MeasureDue(const Options& options);
void MeasureFeasibility(const Options& options);
void MeasurePersonal(const Options& options);
void MeasurePlaceFigures(const Options& options);
void MeasurePlaces(const Options& options);
void MeasurePersons(const Options& options);
void MeasureAwards(const Options& options);
void MeasureHours(const Options& options);
void MeasureRelease(const Options& options);
void MeasureAwardRelease(const Options& options);
void MeasureSdmx(const Options& options);
void MeasureHttpJson(const Options& options);
void MeasureReports(const Options& options);

}  // namespace puente::bench
