export function ReportScreen(_props: {
  patientId: import('../../../core/contract/schemas/clinical.ts').PatientId;
  isSample: boolean;
}) {
  return null;
}
